import type { TextRange } from '../formats/textLines.ts';
import { isPlaceholder } from './ordinaryValue.ts';

/** Behind `https://`: the path is what opens a hook. */
const secretPlace = new RegExp(
  `(?:${[
    'hooks\\.slack\\.com/(?:services|workflows|triggers)/',
    '(?:\\w+\\.)?discord(?:app)?\\.com/api/webhooks/',
    '(?:[\\w.-]+\\.webhook|outlook)\\.office\\.com/webhookb?2?/',
    'hc-ping\\.com/',
    'healthchecks\\.io/ping/',
    'api\\.telegram\\.org/bot',
    'hooks\\.zapier\\.com/hooks/catch/',
    'maker\\.ifttt\\.com/trigger/[\\w-]{1,64}/(?:json/)?with/key/',
    'uptime\\.betterstack\\.com/api/v1/heartbeat/',
    'cronitor\\.link/p/',
    'nosnch\\.in/',
    '[\\w.:-]{1,100}/t/(?=[\\w-]*\\d)', // Anaconda
    'open\\.(?:feishu\\.cn|larksuite\\.com)/open-apis/bot/v2/hook/',
    // Of a server that people run themselves: Mattermost, Rocket.Chat, Healthchecks, Uptime Kuma.
    '[\\w.:-]{1,100}/(?:hooks|ping|api/push)/(?=[\\w-]*\\d)(?=[\\w-]*[a-z])',
  ].join('|')})([\\w@:/.-]{10,})`,
  'y',
);
/** Services of Shoutrrr and Apprise: all behind the scheme is the key to a chat. */
const chatScheme =
  /(?<![\w+.-])(?:discord|slack|telegram|tgram|teams|msteams|pushover|pover|pushbullet|pbul|gotifys?|ntfys?|rocketchat|rockets?|mattermost|mmosts?|matrixs?|zulip|opsgenie|googlechat|bark|ifttt|join)$/;
const chatPlace = /([^\s"'`<>/?]{3,200}(?:@|\/)[^\s"'`<>]{3,1000})/y;
const maxSchemeLength = 12;

/** Finds the passwords and tokens of URLs, and the addresses whose path is a key. In no order; ranges may overlap. */
export function findUrlSecrets(text: string): TextRange[] {
  const ranges: TextRange[] = [];
  findPasswords(text, ranges);
  findSecretPlaces(text, ranges);
  return ranges;
}

/** Addresses whose path is a key. */
function findSecretPlaces(text: string, ranges: TextRange[]): void {
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    const scheme = text.slice(Math.max(0, at - maxSchemeLength), at);
    const place = /https?$/.test(scheme) ? secretPlace : chatScheme.test(scheme) ? chatPlace : null;
    if (place === null) continue;
    place.lastIndex = at + 3;
    const match = place.exec(text);
    if (match === null) continue;
    const end = place.lastIndex;
    if (!isPlaceholder(match[1]!)) ranges.push({ start: end - match[1]!.length, end });
  }
}

function findPasswords(text: string, ranges: TextRange[]): void {
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    const from = at + 3;
    const end = urlEnd(text, from);
    const run = text.slice(from, end);
    const slash = /[/?#]/.exec(run)?.index ?? run.length;
    // A raw `/`, `#` or `?` in a password makes the last `@` the one before the host.
    const sign = run.lastIndexOf('@');
    if (sign <= 0) continue;
    const colon = run.indexOf(':');
    if (colon < 0 || colon > sign) {
      // A token alone, as in a Sentry DSN or `https://<token>@host`.
      const user = run.slice(0, run.indexOf('@'));
      if (slash > user.length && user.length >= 20 && /\d/.test(user) && /^[\w.~%+-]+$/.test(user)) {
        ranges.push({ start: from, end: from + user.length });
      }
      continue;
    }
    if (slash < colon) continue;
    const password = run.slice(colon + 1, sign);
    // `host:8080/@scope`: a port and a path.
    if (password === '' || /^\d{1,5}[/?#]/.test(password) || isPlaceholder(password)) continue;
    ranges.push({ start: from + colon + 1, end: from + sign });
  }
}

const maxUrlLength = 2_000;

/** Where a URL surely ends: white space, a quote, an angle bracket, the next URL, or a template that closes. */
function urlEnd(text: string, from: number): number {
  const limit = Math.min(text.length, from + maxUrlLength);
  let end = from;
  while (end < limit && !/[\s"'`<>]/.test(text[end]!) && !text.startsWith('://', end)) end++;
  return end;
}
