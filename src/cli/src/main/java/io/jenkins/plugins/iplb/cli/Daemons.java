package io.jenkins.plugins.iplb.cli;

/** Threads that do not keep the process alive. */
final class Daemons {
    private Daemons() {}

    static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "iplb");
        thread.setDaemon(true);
        return thread;
    }
}
