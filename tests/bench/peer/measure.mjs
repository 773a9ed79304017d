// Times ODK Web Forms' engine on the three benchmark forms and prints one JSON object of medians in milliseconds.
// usage: node measure.mjs FOLDER   (a.xml, b.xml, c.xml, villages.csv, regions.csv)
import fs from 'node:fs';
import { JSDOM } from 'jsdom';

const window = new JSDOM('<!doctype html>', { url: 'http://localhost/' }).window;
for (const name of Object.getOwnPropertyNames(window)) {
  if (/^(DOMParser|XMLSerializer|Node|Element|Document|XMLDocument|Attr|Text|CDATASection|Comment|XPathResult|HTMLElement|document|ProcessingInstruction|CharacterData|NamedNodeMap|NodeFilter)$/.test(name) && !(name in globalThis)) {
    globalThis[name] = window[name];
  }
}
globalThis.window ??= window;
// The bundle takes its node branch, which it does not ship, when it sees `process` while loading.
const { process: realProcess } = globalThis;
globalThis.process = undefined;
const { loadForm } = await import('@getodk/xforms-engine');
globalThis.process = realProcess;
console.warn = () => {};

const folder = process.argv[2];
const read = (name) => fs.readFileSync(`${folder}/${name}`, 'utf8');
const lists = { 'jr://file-csv/villages.csv': read('villages.csv'), 'jr://file-csv/regions.csv': read('regions.csv') };

async function open(xml) {
  const form = await loadForm(xml, {
    fetchFormAttachment: async (url) => new Response(lists[String(url.href ?? url)], { headers: { 'Content-Type': 'text/csv' } }),
  });
  if (form.status === 'failure') throw form.error;
  return form.createInstance({
    stateFactory: (state) => state,
    instanceAttachments: { fileNameFactory: ({ basename, extension }) => `${basename}${extension ?? ''}` },
    preloadProperties: {},
    geolocationProvider: { getLocation: () => Promise.resolve('') },
  }).root;
}

function index(root) {
  const found = new Map();
  const visit = (node) => {
    found.set(node.currentState.reference, node);
    if (['root', 'group', 'repeat-instance'].includes(node.nodeType) || node.nodeType.startsWith('repeat-range')) {
      for (const child of node.currentState.children) visit(child);
    }
  };
  visit(root);
  return found;
}

function range(root, ref) {
  return root.currentState.children.find((n) => n.nodeType.startsWith('repeat-range') && n.currentState.reference === ref)
    ?? root.currentState.children.flatMap((n) => n.currentState.children ?? []).find((n) => n?.nodeType?.startsWith('repeat-range'));
}

const answer = (node, value) => (node.nodeType === 'select' ? node.selectValues([value]) : node.setValue(value));
const valueOf = (node) => String(node.currentState.value ?? '');
const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
const now = () => performance.now();
const times = { load_a: [], set_a: [], serialise_a: [], set_b: [], region_c: [] };
const check = {};

async function formA(keep) {
  const begun = now();
  const root = await open(read('a.xml'));
  keep.load_a.push(now() - begun);
  const nodes = index(root);
  const grand = nodes.get('/data/grand');
  for (let q = 0; q < 300; q += 4) {
    const node = nodes.get(`/data/q${q}`);
    const start = now();
    answer(node, String(11 + ((q / 4) % 50)));
    valueOf(grand);
    keep.set_a.push(now() - start);
  }
  for (let q = 0; q < 300; q++) if (q % 4) answer(nodes.get(`/data/q${q}`), ['', '5.5', 'abc', 'yes'][q % 4]);
  for (let i = 0; i < 5; i++) {
    const start = now();
    check.bytes_a = root.instanceState.instanceXML.length;
    keep.serialise_a.push(now() - start);
  }
  check.grand = valueOf(grand);
}

async function formB(keep) {
  const root = await open(read('b.xml'));
  const members = range(root, '/data/member');
  for (let i = 1; i < 50; i++) members.addInstances();
  const nodes = index(root);
  for (let i = 1; i <= 50; i++) {
    const node = nodes.get(`/data/member[${i}]/age`);
    const start = now();
    answer(node, String(9 + i));
    valueOf(nodes.get('/data/nadult'));
    valueOf(nodes.get('/data/total'));
    keep.set_b.push(now() - start);
  }
  check.adults = valueOf(nodes.get('/data/nadult'));
}

async function formC(keep) {
  const root = await open(read('c.xml'));
  const nodes = index(root);
  const village = nodes.get('/data/village');
  for (let q = 0; q < 10; q++) {
    const start = now();
    answer(nodes.get('/data/region'), `r${q}`);
    const shown = village.currentState.valueOptions.map((option) => [option.value, option.label?.asString]);
    keep.region_c.push(now() - start);
    check.choices = shown.length;
  }
}

const cold = { load_a: [], set_a: [], serialise_a: [], set_b: [], region_c: [] };
for (const [keep, rounds] of [[cold, 1], [times, 3]]) {
  for (let round = 0; round < rounds; round++) {
    await formA(keep);
    await formB(keep);
    await formC(keep);
  }
}
console.log(JSON.stringify({ ...Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)])), check }));
process.exit(0);
