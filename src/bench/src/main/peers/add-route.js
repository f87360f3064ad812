// Makes sure of a route and its rule, all by names, as one writes it with OVH's own client. Prints whether it had to.
const { SERVICE, PORT, OVH_APPLICATION_KEY, OVH_APPLICATION_SECRET, OVH_CONSUMER_KEY } = process.env;
const api = require('ovh')({
  host: 'localhost',
  port: Number(PORT),
  appKey: OVH_APPLICATION_KEY,
  appSecret: OVH_APPLICATION_SECRET,
  consumerKey: OVH_CONSUMER_KEY,
});
const [frontendName, farmName, routeName, pattern] = process.argv.slice(2);
const tcp = `/ipLoadbalancing/${SERVICE}/tcp`;

async function named(kind, name) {
  for (const id of await api.requestPromised('GET', `${tcp}/${kind}`)) {
    const object = await api.requestPromised('GET', `${tcp}/${kind}/${id}`);
    if (object.displayName === name) {
      return object;
    }
  }
  return undefined;
}

(async () => {
  const frontend = await named('frontend', frontendName);
  const farm = await named('farm', farmName);
  let route = await named('route', routeName);
  let changed = false;
  if (route === undefined) {
    route = await api.requestPromised('POST', `${tcp}/route`, {
      displayName: routeName,
      frontendId: frontend.frontendId,
      action: { type: 'farm', target: String(farm.farmId) },
    });
    changed = true;
  }
  if (!(route.rules || []).some((rule) => rule.field === 'protocol' && rule.match === 'is' && rule.pattern === pattern)) {
    await api.requestPromised('POST', `${tcp}/route/${route.routeId}/rule`, { field: 'protocol', match: 'is', pattern });
    changed = true;
  }
  console.log(changed ? 'changed' : 'nothing to change');
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
