// <origin-card>: the origin of a product, as its producer declares it. Attributes, properties, events and parts are
// listed in ../origin-card.d.ts.
//
// The element decides when to ask and shows what comes; what a card looks like is the module's business. Whatever goes
// wrong, the link that the page put inside the element stays. Nothing is stored, no cookie is sent, no third party
// asked. Methods that pages like to put in the place of the browser's own are left alone.

const sheet = new CSSStyleSheet();
sheet.replaceSync(CSS);

// Attributes with their values, the usual one first; none where any text will do.
const attributes = {
  code: '',
  sections: '',
  theme: 'auto light dark',
  variant: 'full compact badge',
  loading: 'lazy eager',
  context: 'shop unit',
  'when-unknown': 'hide link card',
  'heading-level': '2 3 4 5 6',
};
if (DEVELOPMENT) attributes.api = '';
const property = (name) => name.replace(/-./, (dash) => dash[1].toUpperCase());

// What a variant shows below its head, where the page names no sections.
const usual = { compact: 'product batch', badge: ' ' };

// How far below and above the window a card is asked for, in pixels.
const NEAR_PX = 1000;

const isOurs = location.origin === service;
const isWarning = (card) => /danger|caution/.test(card?.tone);

// No value takes the attribute away.
function mark(element, name, value) {
  if (value == null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

// Leaves the sections that are named, in that order. What warns stays where it is, but in a badge.
function arrange(article, names, isBadge) {
  const order = names.toLowerCase().match(/\w+/g) || [];
  const kept = [];
  for (const section of [...article.childNodes]) {
    if (section.localName !== 'section') continue;
    const parts = [section, ...section.childNodes].map((node) => node.getAttribute('part')).join(' ');
    if (isBadge || !/warning|reasons/.test(parts)) article.removeChild(section);
    // Those that are not named come to stand at -1, where nobody looks.
    kept[order.findIndex((name) => parts.split(' ').includes(name))] = section;
  }
  kept.forEach((section) => article.insertBefore(section, article.lastChild));
}

class OriginCard extends HTMLElement {
  static observedAttributes = [...Object.keys(attributes), 'lang'];

  // Elements with something to follow in this turn: all look where they stand before any of them changes.
  static #due = new Set();
  static #observer = new IntersectionObserver(
    (seen) => seen.forEach((entry) => entry.isIntersecting && entry.target.#load()),
    { rootMargin: NEAR_PX + 'px' },
  );

  // A card that the service printed into the page is shown until the newest one is there.
  #root = this.shadowRoot || this.attachShadow({ mode: 'open' });
  #article = this.#root.querySelector('article');
  #slots = {};

  #state = '';
  #error;
  #data = null;
  // The card, and what draws it.
  #card;
  #exports;
  // What is shown or on its way, and how it was drawn. Moving the element does not change them.
  #manner = '';
  #code = '';
  #look;
  #turn;
  #drop = () => {};

  constructor() {
    super();
    const root = this.#root;
    root.adoptedStyleSheets = [sheet, rules];
    for (const name of ['header', '', 'error', 'actions', 'footer', 'skeleton']) {
      const slot = (this.#slots[name] = document.createElement('slot'));
      if (name) slot.setAttribute('name', name);
      root.appendChild(slot);
    }
    for (const name of ['error', 'skeleton']) this.#slots[name].setAttribute('part', name);
    this.#place(this.#article);
    this.#enter('idle');
    root.addEventListener('click', (event) => {
      let link = event.target;
      while (link && link.localName !== 'a') link = link.parentNode;
      if (!/^http/.test(link?.href)) return;
      if (!this.#tell('origin-open', { href: link.href, code: this.#code })) event.preventDefault();
    });
  }

  connectedCallback() {
    for (const name of ['data', ...Object.keys(attributes).map(property)]) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
    this.#settle();
  }

  disconnectedCallback() {
    this.#settle();
  }

  attributeChangedCallback() {
    this.#settle();
  }

  refresh() {
    this.#load(true);
    return this.updateComplete;
  }

  get updateComplete() {
    return new Promise((resolve) => {
      const look = () => {
        if (this.#state === 'loading') this.addEventListener('origin-state', look, { once: true });
        else resolve(this.#state);
      };
      queueMicrotask(look);
    });
  }

  get state() {
    return this.#state;
  }

  get error() {
    return this.#error;
  }

  get version() {
    return VERSION;
  }

  get data() {
    return this.#data;
  }

  set data(card) {
    this.#data = card;
    this.#manner = '';
    this.#settle();
  }

  #settle() {
    const due = OriginCard.#due;
    if (!due.size) {
      queueMicrotask(() => {
        const all = [...due];
        due.clear();
        const near = all.map((card) => {
          const box = card.getBoundingClientRect();
          const isNear = box.top < innerHeight + NEAR_PX && box.bottom > -NEAR_PX;
          return card.loading === 'eager' || (isNear && box.width);
        });
        all.forEach((card, n) => card.#follow(near[n]));
      });
    }
    due.add(this);
  }

  #follow(isNear) {
    if (DEVELOPMENT && this.api) service = this.api;
    const code = this.code;
    const manner = this.#language() + ' ' + (isOurs ? this.context : 'shop');
    const isSame = manner === this.#manner && code === this.#code;
    // A card that was drawn stays drawn: an element that was taken out may come back.
    if (this.isConnected ? isSame : this.#card) {
      if (this.#card) this.#show(this.#card, this.#error);
      return;
    }
    this.#drop();
    OriginCard.#observer.unobserve(this);
    this.#manner = '';
    this.#turn = null;
    if (!this.isConnected) return this.#enter('idle');
    if (code !== this.#code && (this.#code || !code)) this.#forget();
    this.#manner = manner;
    this.#code = code;
    if (this.#data) this.#draw(this.#data);
    else if (code && isNear) this.#load();
    else {
      this.#enter('idle');
      if (code) OriginCard.#observer.observe(this);
    }
  }

  #load(isAnew) {
    OriginCard.#observer.unobserve(this);
    this.#drop();
    if (!this.#code) return;
    this.#enter('loading', this.#card);
    load(this.#manner.split(' ')[0]);
    this.#drop = ask(this.#manner, this.#code, isAnew, (card, error) => {
      if (card) this.#draw(card, error);
      else this.#fail(error);
    });
  }

  // With an error: what was on record before, drawn without a verdict.
  async #draw(card, error) {
    const turn = (this.#turn = {});
    const exports = card.nodes || (await load(card.lang));
    if (turn !== this.#turn) return;
    // No module after all: the service has the card as nodes too.
    if (!exports) return error ? this.#fail(error) : this.#load();
    try {
      this.#exports = exports;
      this.#show(card, error);
    } catch {
      this.#fail({ kind: 'error', retryable: false });
    }
  }

  #show(card, error) {
    const last = this.#card;
    const look = Object.keys(attributes).map((name) => this[property(name)]) + '';
    if (card === last && look === this.#look) return;
    // Only who counts checks may say so.
    if (card.tone === 'positive' && !isOurs) throw card;
    const article = drawn(card, +this.headingLevel, this.#exports);
    const names = this.sections || usual[this.variant];
    if (names) arrange(article, names, this.variant === 'badge');
    article.setAttribute('data-variant', this.variant);
    article.setAttribute('data-theme', this.theme);
    // What comes later than another card, and warns, is read out.
    if (last && isWarning(card) && !isWarning(last)) article.setAttribute('role', 'alert');
    // Nothing on record, or no code: shown only where the page asks for it. What warns is never hidden.
    const isQuiet = card.tone === 'neutral' && this.whenUnknown !== 'card';
    this.#card = card;
    this.#look = look;
    this.#place(!isQuiet && article);
    this.#enter(error ? error.kind : card.stale ? 'stale' : 'ready', card, error);
    this.#slots[''].hidden = !error && (!isQuiet || this.whenUnknown !== 'link');
    if (card === last) return;
    if (error) this.#tell('origin-error', error);
    else this.#tell('origin-load', { code: this.#code, verdict: card.verdict });
  }

  #fail(error) {
    this.#forget();
    this.#enter(error.kind, null, error);
    this.#tell('origin-error', error);
  }

  #forget() {
    this.#turn = this.#card = null;
    this.#place();
  }

  #place(article) {
    if (this.#article?.parentNode) this.#root.removeChild(this.#article);
    if (article) this.#root.insertBefore(article, this.#slots['']);
    this.#article = article;
  }

  #enter(state, card, error = null) {
    const isLoading = state === 'loading';
    this.#error = error;
    this.#slots[''].hidden = !!this.#article;
    this.#slots.error.hidden = !error;
    this.#slots.skeleton.hidden = !isLoading || !!this.#article;
    if (this.isConnected) {
      mark(this, 'aria-busy', isLoading || null);
      mark(this, 'data-verdict', card?.verdict);
      mark(this, 'data-tone', card?.tone);
      mark(this, 'data-state', state);
    }
    if (state === this.#state) return;
    this.#state = state;
    this.#tell('origin-state', { state: state });
  }

  #tell(type, detail) {
    const init = { detail: detail, bubbles: true, composed: true, cancelable: !!detail.href };
    return this.dispatchEvent(new CustomEvent(type, init));
  }

  // The nearest language that a card can speak, across shadow roots.
  #language() {
    const known = (tag) => /^(vi|en)\b/i.exec(tag)?.[0].toLowerCase();
    for (let node = this; node; node = node.parentNode || node.host) {
      const found = known(node.lang);
      if (found) return found;
    }
    return known(navigator.language) || 'vi';
  }
}

for (const name of Object.keys(attributes)) {
  const values = attributes[name].split(' ');
  Object.defineProperty(OriginCard.prototype, property(name), {
    get() {
      const value = (this.getAttribute(name) || '').trim();
      return values[1] ? values.find((known) => known === value.toLowerCase()) || values[0] : value;
    },
    set(value) {
      mark(this, name, value);
    },
  });
}

if (!customElements.get('origin-card')) customElements.define('origin-card', OriginCard);
