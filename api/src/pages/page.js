// What only a script can do on a page: hand it to another app, print it, name a check, and say so when the network is
// gone. Every page is whole without this; its buttons stay hidden until it runs.
(() => {
  const button = (name, can, act) => {
    const found = document.querySelector(`button[data-do=${name}]`);
    if (!found || !can) return;
    found.hidden = false;
    found.addEventListener('click', () => act(found));
  };

  button('share', navigator.share || navigator.clipboard, async (share) => {
    const { address, done } = share.dataset;
    try {
      if (navigator.share) {
        await navigator.share({ title: document.title, url: address });
      } else {
        await navigator.clipboard.writeText(address);
        share.textContent = done;
      }
    } catch {
      // Not shared after all; the address stands below the button.
    }
  });

  button('print', window.print, () => window.print());

  // One tap is one check, also when the network stutters and the page is asked for again.
  for (const form of document.querySelectorAll('form.check')) {
    const send = form.querySelector('button[type=submit]');
    const anew = () => {
      form.elements.key.value = self.crypto?.randomUUID?.() ?? '';
      send.disabled = false;
    };
    anew();
    addEventListener('pageshow', (event) => event.persisted && anew());
    form.addEventListener('submit', () => setTimeout(() => { send.disabled = true; }));
  }

  if (navigator.serviceWorker) navigator.serviceWorker.register('/offline.js').catch(() => {});
})();
