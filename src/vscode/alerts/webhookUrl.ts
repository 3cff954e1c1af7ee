/**
 * Whether a text is an address that alerts may be sent to: HTTPS, or plain HTTP on this machine.
 *
 * @example
 * isWebhookUrl('https://hooks.example.net/T0/B0/secret') //=> true
 * isWebhookUrl('http://hooks.example.net/') //=> false
 */
export function isWebhookUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null) return false;
  return (
    url.protocol === 'https:' || (url.protocol === 'http:' && /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname))
  );
}
