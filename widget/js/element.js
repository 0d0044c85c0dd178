// <origin-card code lang theme when-unknown>: the origin of a product, as its producer declares it.
//
// The element fetches the card and shows it; what the card looks like is the module's business. Whatever goes wrong,
// the link that the page put inside the element stays. Nothing is stored, no cookie is sent, no third party asked.

const service = new URL(import.meta.url).origin;
const sheet = new CSSStyleSheet();
sheet.replaceSync(CSS);

// One module for every card on the page, fetched when the first card appears, at the same time as that card.
let module;
function load() {
  module ??= WebAssembly.instantiateStreaming(
    fetch(new URL(WASM, import.meta.url), { integrity: INTEGRITY, credentials: 'omit' }),
    imports,
  ).then(
    ({ instance }) => start(instance.exports),
    (error) => {
      // The next card tries again.
      module = undefined;
      throw error;
    },
  );
  return module;
}

const known = (tag) => /^(vi|en)\b/i.exec(tag || '')?.[0].toLowerCase();

// What an answer that is no card means; anything else is an `error`.
const failures = { 400: 'invalid-code', 414: 'invalid-code', 429: 'rate-limited' };

class OriginCard extends HTMLElement {
  static observedAttributes = ['code', 'lang'];

  #root = this.attachShadow({ mode: 'open' });
  #slot = document.createElement('slot');
  // What is shown or on its way; moving the element does not change it.
  #shown = '';
  #request;
  #due = false;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [sheet];
    this.#root.append(this.#slot);
  }

  connectedCallback() {
    this.#settle();
  }

  disconnectedCallback() {
    this.#settle();
  }

  attributeChangedCallback() {
    this.#settle();
  }

  // Several changes in a row, or a move, are one.
  #settle() {
    if (this.#due) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      this.#follow();
    });
  }

  #follow() {
    const code = (this.getAttribute('code') || '').trim();
    const lang =
      known(this.closest('[lang]')?.getAttribute('lang')) || known(navigator.language) || 'vi';
    const wanted = this.isConnected ? code && lang + ' ' + code : '';
    if (wanted === this.#shown) return;
    // A card that was drawn stays drawn when the element is taken out: it may come back.
    if (!this.isConnected && !this.hasAttribute('aria-busy')) return;
    this.#request?.abort();
    this.#shown = wanted;
    if (wanted) this.#show(code, lang);
    else this.#enter('idle');
  }

  async #show(code, lang) {
    const request = (this.#request = new AbortController());
    this.#enter('loading');
    let state = 'error';
    try {
      const drawing = load();
      // Awaited below; a failure must not be reported as unhandled in between.
      drawing.catch(() => {});
      const query = new URLSearchParams({ code, context: 'shop', lang });
      const response = await fetch(service + '/v1/verify?' + query, {
        credentials: 'omit',
        signal: request.signal,
      });
      if (!response.ok) {
        state = failures[response.status] || state;
        throw response.status;
      }
      const card = await response.json();
      await drawing;
      if (request.signal.aborted) return;
      const drawn = document.createDocumentFragment();
      begin(card, drawn, service);
      draw();
      this.#enter(card.stale ? 'stale' : 'ready', card);
      this.#root.replaceChildren(drawn, this.#slot);
      this.#tell('origin-load', { code, verdict: card.verdict });
    } catch {
      if (request.signal.aborted) return;
      if (!navigator.onLine) state = 'offline';
      this.#enter(state);
      this.#tell('origin-error', { kind: state, retryable: state !== 'invalid-code' });
    }
  }

  #enter(state, card) {
    this.dataset.state = state;
    this.toggleAttribute('aria-busy', false);
    if (state === 'loading') this.setAttribute('aria-busy', 'true');
    for (const name of ['verdict', 'tone']) {
      if (card) this.dataset[name] = card[name];
      else delete this.dataset[name];
    }
    if (!card) this.#root.replaceChildren(this.#slot);
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

if (!customElements.get('origin-card')) customElements.define('origin-card', OriginCard);
