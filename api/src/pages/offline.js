// Says so when the network is gone. Keeps one page and its stylesheet, and never a card: what was true before is no
// answer now. The names come from the service (api/src/pages/offline.rs).
const kept = 'nguon-offline-HASH';
const page = 'PAGE';
const sheet = 'SHEET';

addEventListener('install', (event) => {
  event.waitUntil(caches.open(kept).then((cache) => cache.addAll([page, sheet])));
  skipWaiting();
});

addEventListener('activate', (event) => {
  const isOld = (name) => name.startsWith('nguon-offline-') && name !== kept;
  const forget = caches.keys().then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name))));
  // A page must not wait until this script has started.
  const preload = registration.navigationPreload && registration.navigationPreload.enable();
  event.waitUntil(Promise.all([forget, preload]));
});

const ask = async (event) => (await event.preloadResponse) || fetch(event.request);

addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.mode === 'navigate' && request.method === 'GET') {
    event.respondWith(ask(event).catch(async (gone) => (await caches.match(page)) || Promise.reject(gone)));
  } else if (new URL(request.url).pathname === sheet) {
    event.respondWith(caches.match(sheet).then((found) => found || fetch(request)));
  }
});
