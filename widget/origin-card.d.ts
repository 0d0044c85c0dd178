/**
 * `<origin-card>`: the origin of a product, as its producer declares it.
 *
 * Parts: `card header title verdict badge row label value certificates certificate timeline event warning footer link
 * button skeleton error`. Slots: the default one (a link, shown until the card is there and when it cannot be),
 * `header`, `footer`, `actions`, `error` (shown on failure). Custom properties: `--origin-bg`, `-fg`, `-muted`,
 * `-accent`, `-positive`, `-info`, `-caution`, `-danger`, `-border`, `-radius`, `-gap`, `-font`, `-font-size`,
 * `-shadow`, `-max-width`, `-min-height`.
 */

/** `data-state` on the element. `stale` is a card of some minutes ago: the registry cannot be asked just now. */
export type OriginState =
  | 'idle'
  | 'loading'
  | 'ready'
  | 'stale'
  | 'invalid-code'
  | 'rate-limited'
  | 'offline'
  | 'error';

export type OriginTone = 'positive' | 'info' | 'neutral' | 'caution' | 'danger';

export type OriginSection =
  | 'product'
  | 'reasons'
  | 'batch'
  | 'producer'
  | 'certificates'
  | 'timeline'
  | 'compare'
  | 'completeness';

export interface OriginFailure {
  kind: Exclude<OriginState, 'idle' | 'loading' | 'ready' | 'stale'>;
  /** The element tries again by itself, later each time, and not before the service's `Retry-After`. */
  retryable: boolean;
}

/** A card of `GET /v1/verify/{code}`, or one of `GET /v1/cards/{code}.view.json`. */
export interface OriginData {
  verdict: string;
  tone: OriginTone;
  [field: string]: unknown;
}

export interface OriginAttributes {
  /** The code, in any form: a Digital Link, a GTIN, an element string. */
  code?: string;
  lang?: string;
  theme?: 'auto' | 'light' | 'dark';
  /** `full` unless given. */
  variant?: 'badge' | 'compact' | 'full';
  /** `lazy` (near the window) unless given. */
  loading?: 'lazy' | 'eager';
  /** Names of {@link OriginSection}, in the order wanted, separated by blanks. Warnings always show. */
  sections?: string;
  /** Level of the card's first heading, 2 unless given. */
  'heading-level'?: '2' | '3' | '4' | '5' | '6' | 2 | 3 | 4 | 5 | 6;
  /** `unit` counts on pages of the service itself only. */
  context?: 'shop' | 'unit';
  /** What to show for a code that is not on record, or that is none; `hide` unless given. Warnings always show. */
  'when-unknown'?: 'hide' | 'link' | 'card';
}

export interface OriginCardEventMap {
  'origin-load': CustomEvent<{ code: string; verdict: string }>;
  'origin-error': CustomEvent<OriginFailure>;
  'origin-state': CustomEvent<{ state: OriginState }>;
  /** Somebody follows a link of the card; `preventDefault()` keeps them here. */
  'origin-open': CustomEvent<{ href: string; code: string }>;
}

export interface OriginCardElement extends HTMLElement {
  code: string;
  theme: string;
  variant: string;
  loading: string;
  sections: string;
  headingLevel: string;
  context: string;
  whenUnknown: string;
  /** Set it, and nothing is asked for. */
  data: OriginData | null;
  readonly state: OriginState;
  readonly error: OriginFailure | null;
  readonly version: string;
  /** Settles once nothing is on its way. */
  readonly updateComplete: Promise<OriginState>;
  /** Asks again, whatever is known. */
  refresh(): Promise<OriginState>;

  addEventListener<K extends keyof OriginCardEventMap>(
    type: K,
    listener: (this: OriginCardElement, event: OriginCardEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

type OriginCardJSX = OriginAttributes & {
  id?: string;
  class?: string;
  className?: string;
  slot?: string;
  style?: unknown;
  children?: unknown;
  key?: string | number | null;
  ref?: unknown;
};

declare global {
  interface HTMLElementTagNameMap {
    'origin-card': OriginCardElement;
  }
  namespace JSX {
    interface IntrinsicElements {
      'origin-card': OriginCardJSX;
    }
  }
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'origin-card': OriginCardJSX;
    }
  }
}
