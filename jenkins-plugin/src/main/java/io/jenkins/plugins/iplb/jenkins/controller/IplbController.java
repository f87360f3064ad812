package io.jenkins.plugins.iplb.jenkins.controller;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.security.ACL;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.lock.SharedLocks;
import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.operation.TrafficChecking;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.Credentials;
import io.jenkins.plugins.iplb.ovh.Endpoint;
import io.jenkins.plugins.iplb.ovh.OvhClient;
import io.jenkins.plugins.iplb.ovh.OvhClients;
import io.jenkins.plugins.iplb.record.Journal;
import io.jenkins.plugins.iplb.record.LogicalClock;
import io.jenkins.plugins.iplb.refresh.Coordinators;
import io.jenkins.plugins.iplb.refresh.HeldTurn;
import io.jenkins.plugins.iplb.refresh.Waiting;
import io.jenkins.plugins.iplb.wait.InTurn;
import io.jenkins.plugins.iplb.wait.Timer;
import io.jenkins.plugins.iplb.wait.TurnOrder;
import io.jenkins.plugins.iplb.wait.Waiter;
import io.jenkins.plugins.okhttp.api.JenkinsOkHttpClient;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import jenkins.security.ImpersonatingExecutorService;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

/**
 * What a controller has once: the HTTP client, which follows the controller's proxy settings as they change; the threads
 * that calls run on; the clients of all keys, each key with one budget; and the coordinators of all load balancers.
 */
@Extension
public final class IplbController {
    /** Calls are short and waits hold no thread: a few are enough for hundreds of builds. */
    private static final int WORKERS = 8;

    private final OkHttpClient http;
    private final ExecutorService workers;
    private final Timer timer =
            (delay, task) -> Timer.on(jenkins.util.Timer.get()).after(delay, task);
    private final Coordinators coordinators;
    private final LogicalClock recordClock = new LogicalClock();
    private OvhClients clients;
    private int requestsPerMinute;

    public IplbController() {
        ConnectionPool connections = new ConnectionPool();
        http = JenkinsOkHttpClient.newClientBuilder(new OkHttpClient())
                .connectionPool(connections)
                .addInterceptor(new CurrentProxy(connections))
                .build();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                WORKERS,
                WORKERS,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new NamingThreadFactory(new DaemonThreadFactory(), "OVHcloud Load Balancer"));
        pool.allowCoreThreadTimeOut(true);
        workers = new ImpersonatingExecutorService(pool, ACL.SYSTEM2);
        coordinators = new Coordinators(timer, workers, turns());
    }

    /** Of this controller; and of all who share a database, where its environment names one. */
    private TurnOrder turns() {
        TurnOrder own = loadBalancer -> new InTurn(workers);
        try {
            return SharedLocks.of(System.getenv(), timer, workers)
                    .map(locks -> locks.around(own))
                    .orElse(own);
        } catch (InvalidInput e) {
            return new TurnOrder() {
                @Override
                public Executor of(String loadBalancer) {
                    return own.of(loadBalancer);
                }

                @Override
                public void beforeWrite(String loadBalancer) {
                    throw e;
                }
            };
        }
    }

    public static IplbController get() {
        return ExtensionList.lookupSingleton(IplbController.class);
    }

    /** What is on its way may still arrive, so that nothing fails that can be gone on with after the restart. */
    @Terminator
    public static void stop() {
        get().workers.shutdown();
    }

    /** Where everything that calls OVH runs: never a thread of Pipeline, of the web server or of an executor. */
    public Executor workers() {
        return workers;
    }

    /** For operations that are started again after a restart: once the controller goes down they send no call more. */
    public CallObserver untilShutdown() {
        return new UntilShutdown(this::goesDown);
    }

    /** Whether this is the end: from here on no operation is begun. */
    public boolean goesDown() {
        return workers.isShutdown();
    }

    /** For calls that are not to OVH's API, such as the HTTP/2 check. */
    public OkHttpClient http() {
        return http;
    }

    public InstantSource clock() {
        return InstantSource.system();
    }

    /** One for the records of all builds, so that they know in which order they were written. */
    public LogicalClock recordClock() {
        return recordClock;
    }

    /** The client of a key: the same for all who use the key, as long as the request budget is not configured anew. */
    public synchronized OvhClient client(Endpoint endpoint, Credentials credentials) {
        int configured = OvhLoadBalancers.get().getRequestsPerMinute();
        if (clients == null || configured != requestsPerMinute) {
            requestsPerMinute = configured;
            clients = new OvhClients(http, OvhLoadBalancers.get().limits(), clock());
        }
        return clients.client(endpoint, credentials);
    }

    /** Who waits for a refresh now. */
    public List<Waiting> waiting() {
        return coordinators.waiting();
    }

    /** The turn of a load balancer, kept for who has had it before the controller went down. */
    HeldTurn keepTurn(URI endpoint, String service) {
        return coordinators.keepTurn(endpoint, service);
    }

    /** What asks services again and again. */
    public TrafficChecking trafficChecking() {
        return new TrafficChecking(new Waiter(timer, workers), clock());
    }

    /** Operations of this client that are written down in this journal. */
    public Operations operations(OvhClient client, Journal journal) {
        return new Operations(client, journal, new Waiter(timer, workers), coordinators, workers);
    }
}
