// Makes sure of a route and its rule, all by names, as one writes it with OVH's own client. Prints whether it had to. With a URL
// it goes on to the end of OVH's guide: refreshes, waits until that is done, and asks the URL over HTTP/2.
const http2 = require('http2');
const tls = require('tls');

const { SERVICE, PORT, OVH_APPLICATION_KEY, OVH_APPLICATION_SECRET, OVH_CONSUMER_KEY, CONNECT_TO } = process.env;
const api = require('ovh')({
  host: 'localhost',
  port: Number(PORT),
  appKey: OVH_APPLICATION_KEY,
  appSecret: OVH_APPLICATION_SECRET,
  consumerKey: OVH_CONSUMER_KEY,
});
const [frontendName, farmName, routeName, pattern, url] = process.argv.slice(2);
const service = `/ipLoadbalancing/${SERVICE}`;
const tcp = `${service}/tcp`;

async function named(kind, name) {
  for (const id of await api.requestPromised('GET', `${tcp}/${kind}`)) {
    const object = await api.requestPromised('GET', `${tcp}/${kind}/${id}`);
    if (object.displayName === name) {
      return object;
    }
  }
  return undefined;
}

async function route() {
  const frontend = await named('frontend', frontendName);
  const farm = await named('farm', farmName);
  let there = await named('route', routeName);
  let changed = false;
  if (there === undefined) {
    there = await api.requestPromised('POST', `${tcp}/route`, {
      displayName: routeName,
      frontendId: frontend.frontendId,
      action: { type: 'farm', target: String(farm.farmId) },
    });
    changed = true;
  }
  if (!(there.rules || []).some((rule) => rule.field === 'protocol' && rule.match === 'is' && rule.pattern === pattern)) {
    await api.requestPromised('POST', `${tcp}/route/${there.routeId}/rule`, { field: 'protocol', match: 'is', pattern });
    changed = true;
  }
  console.log(changed ? 'changed' : 'nothing to change');
}

async function refresh() {
  let task = await api.requestPromised('POST', `${service}/refresh`);
  while (task.status !== 'done') {
    await new Promise((go) => setTimeout(go, 1000));
    task = await api.requestPromised('GET', `${service}/task/${task.id}`);
  }
}

async function ask() {
  const { hostname, pathname } = new URL(url);
  const [host, port] = CONNECT_TO.split(':');
  const session = http2.connect(`https://${hostname}`, {
    createConnection: () => tls.connect({ host, port, servername: hostname, ALPNProtocols: ['h2'] }),
  });
  const request = session.request({ ':path': pathname });
  const status = await new Promise((answered, failed) => {
    request.on('response', (headers) => answered(headers[':status']));
    request.on('error', failed);
    session.on('error', failed);
  });
  session.close();
  request.close();
  console.log(`${status} over HTTP/2`);
}

(async () => {
  await route();
  if (url !== undefined) {
    await refresh();
    await ask();
  }
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
