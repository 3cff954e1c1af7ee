import type { TextRange } from '../formats/textLines.ts';

const knownTokens = [
  '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])', // AWS
  'gh[pousr]_[A-Za-z0-9]{30,}',
  'github_pat_[A-Za-z0-9_]{20,}',
  'gl(?:pat|dt|rt|ptt|ft|imt|agent|oas|cbt|soat)-[\\w-]{16,}',
  'xox[abeoprs]-[A-Za-z0-9-]{10,}',
  'xapp-\\d-[A-Za-z0-9-]{10,}',
  '(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10,}', // Stripe
  'whsec_[A-Za-z0-9+/=]{16,}',
  'AIza[\\w-]{35}', // Google
  'ya29\\.[\\w-]{20,}',
  'GOCSPX-[\\w-]{20,}',
  'sk-[A-Za-z0-9_-]{20,}', // OpenAI, Anthropic
  'SG\\.[\\w-]{16,}\\.[\\w-]{16,}',
  'npm_[A-Za-z0-9]{30,}',
  'pypi-[\\w-]{40,}',
  'dckr_[a-z]+_[\\w-]{20,}',
  'SWM(?:KEY|TKN)-1-[\\w+/-]{40,}', // Docker Swarm
  'do[opr]_v1_[a-f0-9]{40,}',
  'hf_[A-Za-z0-9]{30,}',
  'shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}',
  'hv[bsr]\\.[\\w-]{20,}', // HashiCorp Vault
  'tskey-[a-z]+-[\\w-]{10,}',
  'gl(?:sa|c)_[\\w=]{20,}', // Grafana
  'ATATT3[\\w=-]{20,}',
  'dapi[a-f0-9]{32}',
  'AGE-SECRET-KEY-1[A-Z0-9]{40,}',
  'key-[0-9a-f]{32}', // Mailgun
  '\\d{8,10}:AA[\\w-]{32,34}', // Telegram
  'sntry[su]_[\\w=/+]{20,}',
  'xkeysib-[a-f0-9]{40,}(?:-\\w+)?',
  'lin_api_\\w{20,}',
  'NRAK-[A-Z0-9]{20,}',
  'PMAK-[a-f0-9-]{30,}',
  'rubygems_[a-f0-9]{40,}',
  'secret_[A-Za-z0-9]{40,}',
  '[MNO][A-Za-z\\d_-]{23,25}\\.[\\w-]{6}\\.[\\w-]{27,38}', // Discord
  'v1\\.0-[0-9a-f]{24}-[0-9a-f]{100,}', // Cloudflare
  'SCRAM-SHA-\\d+\\$\\d+:[\\w+/=]+\\$[\\w+/=]+:[\\w+/=]+', // PostgreSQL
  'md5[0-9a-f]{32}(?![0-9a-f])',
  'sq[apu]_[A-Za-z0-9]{20,}', // SonarQube
  'figd_[\\w-]{20,}',
  'pul-[a-f0-9]{40}',
  'dp\\.(?:pt|st|ct|sa|scim|audit)\\.[\\w.]{30,}', // Doppler
  'nfp_[A-Za-z0-9]{30,}', // Netlify
  'sbp_[a-f0-9]{30,}', // Supabase
  'pscale_(?:tkn|pw|oauth)_[\\w=.-]{30,}',
  '[A-Za-z0-9]{14}\\.atlasv1\\.[\\w-]{60,}', // Terraform Cloud
  'pat[A-Za-z0-9]{14}\\.[a-f0-9]{60,}', // Airtable
  'ATBB[A-Za-z0-9]{20,}', // Bitbucket
  'AKCp[A-Za-z0-9]{20,}', // Artifactory
  'oy2[a-z0-9]{43}', // NuGet
  'LTAI[A-Za-z0-9]{12,24}', // Alibaba Cloud
  'AKID[A-Za-z0-9]{13,}', // Tencent Cloud
  '1//0[\\w-]{30,}', // Google
  'gsk_[A-Za-z0-9]{20,}',
  'SK[0-9a-f]{32}(?![0-9a-f])', // Twilio
  'EAA[A-Za-z0-9]{50,}', // Facebook
  'tk_[a-z0-9]{20,}', // ntfy
  'ops_eyJ[\\w=-]{40,}', // 1Password
  'lsv2_(?:pt|sk)_[a-f0-9_]{30,}',
].join('|');
const token = new RegExp(`(?<![\\w.+/-])(?:${knownTokens})`, 'g');

/** No token is shorter, in UTF-16 units. */
const shortestToken = 15;
/** By code unit, 1 for what tokens consist of. */
const inToken = new Uint8Array(128);
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.+/:=$-') {
  inToken[char.charCodeAt(0)] = 1;
}

/**
 * Finds the tokens whose services begin them in a way of their own: `ghp_…`, `AKIA…`, `sk_live_…`. Sorted, not overlapping.
 * Most words of a text are too short to be one, and are never compared.
 */
export function findKnownTokens(text: string): TextRange[] {
  const ranges: TextRange[] = [];
  let start = 0;
  while (start + shortestToken <= text.length) {
    // Backwards: what ends a word late in the window rules out all that begins before it.
    let at = start + shortestToken - 1;
    while (at >= start && isInToken(text.charCodeAt(at))) at--;
    if (at >= start) {
      start = at + 1;
      continue;
    }
    let end = start + shortestToken;
    while (end < text.length && isInToken(text.charCodeAt(end))) end++;
    const word = text.slice(start, end);
    token.lastIndex = 0;
    for (let match = token.exec(word); match !== null; match = token.exec(word)) {
      ranges.push({ start: start + match.index, end: start + token.lastIndex });
    }
    start = end + 1;
  }
  return ranges;
}

function isInToken(unit: number): boolean {
  return unit < inToken.length && inToken[unit] === 1;
}
