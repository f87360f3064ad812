// The HTTP/2 guide, by hand, with OVH's own client: list, create, refresh, wait. Prints one JSON line.
const settings = JSON.parse(process.env.SANDBOX);
const api = require('ovh')(settings.client);

(async () => {
  const services = await api.requestPromised('GET', '/ipLoadbalancing');
  const service = `/ipLoadbalancing/${services[0]}`;
  const route = await api.requestPromised('POST', `${service}/tcp/route`, {
    displayName: 'h2 – préprod',
    frontendId: settings.frontendId,
    action: { type: 'farm', target: settings.farmId },
  });
  await api.requestPromised('POST', `${service}/tcp/route/${route.routeId}/rule`, {
    field: 'protocol',
    match: 'is',
    pattern: 'http/2.0',
  });
  let task = await api.requestPromised('POST', `${service}/refresh`, {});
  while (task.status !== 'done') {
    task = await api.requestPromised('GET', `${service}/task/${task.id}`);
  }
  // All that it says is null, and the client sends it empty.
  await api.requestPromised('PUT', `${service}/tcp/farm/${settings.farmId}`, { stickiness: null });
  const pending = await api.requestPromised('GET', `${service}/pendingChanges`);
  console.log(JSON.stringify({ services, displayName: route.displayName, status: task.status, pending }));
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
