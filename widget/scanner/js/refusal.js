// Why there is no camera, and which apps show pages in a window of their own.

// By their names for themselves in the user agent. Whatever else says that it is a view inside an Android app is one.
const apps = [
  [/\bZalo/i, 'Zalo'],
  [/\bFB_?IAB.*messenger|\bMessenger/i, 'Messenger'],
  [/\bInstagram/i, 'Instagram'],
  [/\bFB(AN|AV|_IAB)\b/i, 'Facebook'],
  [/musical_ly|bytedance|\btiktok|\btrill/i, 'TikTok'],
  [/\bMicroMessenger/i, 'WeChat'],
  [/\bLine\//i, 'LINE'],
  [/\bViber/i, 'Viber'],
  [/\bTelegram/i, 'Telegram'],
  [/; wv\)/, ''],
];

// The app that the page is inside of: its name, empty if it has none, undefined outside of any.
export const app = (agent) => apps.find(([pattern]) => pattern.test(agent))?.[1];

// What stands in the way before anybody is asked, if anything does.
export function obstacle() {
  if (navigator.mediaDevices?.getUserMedia) return undefined;
  if (app(navigator.userAgent) !== undefined) return 'inside';
  return isSecureContext ? 'missing' : 'insecure';
}

// What a refused camera means.
export function refusal(error) {
  switch (error.name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return app(navigator.userAgent) === undefined ? 'denied' : 'inside';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    default:
      return 'busy';
  }
}
