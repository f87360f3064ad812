// Prints the whole configuration of a load balancer with OVH's own client, object by object.
const { SERVICE, PORT, OVH_APPLICATION_KEY, OVH_APPLICATION_SECRET, OVH_CONSUMER_KEY } = process.env;
const api = require('ovh')({
  host: 'localhost',
  port: Number(PORT),
  appKey: OVH_APPLICATION_KEY,
  appSecret: OVH_APPLICATION_SECRET,
  consumerKey: OVH_CONSUMER_KEY,
});
const service = `/ipLoadbalancing/${SERVICE}`;

async function all(path) {
  const objects = [];
  for (const id of await api.requestPromised('GET', path)) {
    const object = await api.requestPromised('GET', `${path}/${id}`);
    if (path.endsWith('/farm')) {
      object.servers = await all(`${path}/${id}/server`);
    }
    objects.push(object);
  }
  return objects;
}

(async () => {
  const state = { service: await api.requestPromised('GET', service) };
  for (const protocol of ['http', 'tcp']) {
    for (const kind of ['farm', 'frontend', 'route']) {
      state[`${protocol}/${kind}`] = await all(`${service}/${protocol}/${kind}`);
    }
  }
  console.log(JSON.stringify(state));
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
