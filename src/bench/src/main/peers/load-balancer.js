// Makes a load balancer what a file says, the way terraform's provider does it, with OVH's own client: reads each object
// that its state knows by itself, and writes each that is to be made or changed by itself, after those that it names; what
// was written is read. As many go at a time as is asked for.
const fs = require('fs');

const { SERVICE, PORT, OVH_APPLICATION_KEY, OVH_APPLICATION_SECRET, OVH_CONSUMER_KEY } = process.env;
const api = require('ovh')({
  host: 'localhost',
  port: Number(PORT),
  appKey: OVH_APPLICATION_KEY,
  appSecret: OVH_APPLICATION_SECRET,
  consumerKey: OVH_CONSUMER_KEY,
});
const [act, file, stateFile, atATime] = process.argv.slice(2);
const root = `/ipLoadbalancing/${SERVICE}`;
const wanted = JSON.parse(fs.readFileSync(file));
const state = fs.existsSync(stateFile) ? JSON.parse(fs.readFileSync(stateFile)) : {};

let free = Number(atATime);
const queue = [];

async function inTurn(work) {
  if (free > 0) {
    free--;
  } else {
    await new Promise((go) => queue.push(go));
  }
  try {
    return await work();
  } finally {
    if (queue.length > 0) {
      queue.shift()();
    } else {
      free++;
    }
  }
}

const REFERENCE = /\$\{(.*?)\}/g;

// None names one that stands behind it.
async function each(work) {
  const done = {};
  for (const object of wanted) {
    const named = [...JSON.stringify(object).matchAll(REFERENCE)].map(([, address]) => done[address]);
    done[object.address] = Promise.all(named).then(() => inTurn(() => work(object)));
  }
  await Promise.all(Object.values(done));
}

function resolved(value, key) {
  if (typeof value === 'string') {
    const text = value.replace(REFERENCE, (_, address) => state[address]);
    return key.endsWith('Id') ? Number(text) : text;
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, resolved(field, name)]));
}

// OVH answers fields that nobody has set, too.
function holds(there, value) {
  return value !== null && typeof value === 'object'
    ? Object.entries(value).every(([name, field]) => holds(there[name], field))
    : there === value;
}

function path({ address, collection }) {
  return `${root}/${resolved(collection, '')}/${state[address]}`;
}

(async () => {
  await api.requestPromised('GET', root);
  const differing = new Map();
  await each(async (object) => {
    if (!(object.address in state)) {
      differing.set(object, object.fields);
      return;
    }
    const there = await api.requestPromised('GET', path(object));
    const fields = Object.entries(resolved(object.fields, ''));
    const different = fields.filter(([name, value]) => !holds(there[name], value));
    if (different.length > 0) {
      differing.set(object, Object.fromEntries(different));
    }
  });
  if (act === 'apply') {
    await each(async (object) => {
      if (!differing.has(object)) {
        return;
      }
      const fields = resolved(differing.get(object), '');
      if (object.address in state) {
        await api.requestPromised('PUT', path(object), fields);
      } else {
        const made = await api.requestPromised('POST', `${root}/${resolved(object.collection, '')}`, fields);
        state[object.address] = made[object.id];
      }
      await api.requestPromised('GET', path(object));
    });
    fs.writeFileSync(stateFile, JSON.stringify(state));
  }
  console.log(`${differing.size} to change`);
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
