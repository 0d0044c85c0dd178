// Questions to the service. Whoever asks for the same code shares one question, and what is asked in one turn goes
// together: one code as a GET, which caches can answer; several as one batch. A question is the set of those who wait
// for its answer; when nobody does any more, it is given up.

// How long an answer is good for whoever asks next.
const FRESH_MS = 30_000;
const MOST_TRIES = 6;
const MOST_CODES = 100;

// What an answer that is no card means; anything else is an `error`.
const failures = { 400: 'invalid-code', 414: 'invalid-code', 429: 'rate-limited' };

const questions = new Map();
const turn = [];

// Asks about a code in a manner: 'lang context'. `hear` gets a card; or on the way there a failure that will be tried
// again, and with it what was on record before, if that came along: a card without a verdict. Returns what to call to
// hear no more.
function ask(manner, code, isAnew, hear) {
  const key = manner + isPlain + code;
  let question = questions.get(key);
  if (!question || (question.card && (isAnew || Date.now() - question.at > FRESH_MS))) {
    question = new Set();
    question.manner = manner;
    question.code = code;
    // What a cache on the way still has is not enough for whoever asks anew.
    question.cache = isAnew ? 'no-cache' : 'default';
    questions.set(key, question);
    if (turn.push(question) === 1) queueMicrotask(send);
  }
  question.add(hear);
  if (question.card) queueMicrotask(() => question.has(hear) && hear(question.card));
  return () => {
    question.delete(hear);
    if (question.size || question.card) return;
    if (questions.get(key) === question) questions.delete(key);
    question.leave?.();
  };
}

function send() {
  const groups = {};
  for (const question of turn.splice(0)) {
    // A list of nodes is made for one code at a time.
    (groups[question.manner + (isPlain && question.code)] ??= []).push(question);
  }
  for (const group of Object.values(groups)) {
    while (group[0]) fly(group.splice(0, MOST_CODES), 1);
  }
}

// Asks until everything is answered, nobody waits, or it is no use.
async function fly(group, tries) {
  const flight = new AbortController();
  for (const question of group) {
    question.leave = () => group.some((other) => other.size) || flight.abort();
  }
  const [lang, context] = group[0].manner.split(' ');
  let body = {};
  let after = 0;
  try {
    const options = { credentials: 'omit', cache: group[0].cache, signal: flight.signal };
    let path = `/v1/verify?lang=${lang}&context=${context}`;
    const code = encodeURIComponent(group[0].code);
    if (isPlain) path = path.replace('verify', `cards/${code}.view.json`);
    else if (!group[1]) path += '&code=' + code;
    else {
      path = '/v1/verify/batch';
      options.method = 'POST';
      options.headers = { 'content-type': 'application/json' };
      // Put together by hand: there are pages on which `JSON.stringify` makes a text of a list.
      const codes = group.map((question) => JSON.stringify(question.code));
      options.body = `{"codes":[${codes}],"lang":"${lang}","context":"${context}"}`;
    }
    const response = await fetch(service + path, options);
    after = response.headers.get('retry-after');
    body = await response.json();
  } catch {
    // No answer is an answer too: see below.
  }
  const left = group.filter((question, n) => {
    const card = body?.results ? body.results[n] : body;
    if (card?.verdict) {
      question.card = card;
      question.at = Date.now();
      question.forEach((hear) => hear(card));
      return;
    }
    const kind = failures[card?.status] || (navigator.onLine ? 'error' : 'offline');
    const retryable = kind !== failures[400];
    const origin = card?.origin;
    const before = origin && !isPlain && Object.assign({ lang: lang, safety: origin }, origin);
    question.forEach((hear) => hear(before, { kind: kind, retryable: retryable }));
    if (retryable && tries < MOST_TRIES) return true;
    questions.delete(question.manner + isPlain + question.code);
  });
  const wait = Math.max(after | 0, 2 ** tries) * (800 + 400 * Math.random());
  setTimeout(() => {
    const wanted = left.filter((question) => question.size);
    if (wanted[0]) fly(wanted, tries + 1);
  }, wait);
}
