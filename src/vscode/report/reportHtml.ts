import { randomBytes } from 'node:crypto';

/** What the page's document is made of. All three become attribute values, so none may hold a quote. */
export interface ReportHtmlParts {
  /** Where the webview serves local files from (`webview.cspSource`). */
  cspSource: string;
  scriptUri: string;
  styleUri: string;
  /** BCP 47 tag. */
  language: string;
}

/** The report page: only its own script runs, and nothing is fetched from anywhere else. */
export function reportHtml({ cspSource, scriptUri, styleUri, language }: ReportHtmlParts): string {
  const nonce = randomBytes(18).toString('base64url');
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `img-src ${cspSource} data:`,
    `font-src ${cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${styleUri}">
<title>Backup Foresight</title>
</head>
<body>
<div id="app"></div>
<script nonce="${nonce}" src="${scriptUri}"></script>
</body>
</html>`;
}
