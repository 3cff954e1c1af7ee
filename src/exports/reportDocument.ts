import { createHash } from 'node:crypto';
import { embeddedReportId, type EmbeddedReport } from '../protocol/reportFile.ts';
import { themeStyle } from './themeStyle.ts';

export interface ReportDocumentParts {
  /** The page's own script and style, as text. */
  script: string;
  style: string;
  data: EmbeddedReport;
}

/**
 * One HTML file with all in it. It can be mailed and kept: its policy lets only its own script and styles run, named by
 * their hashes, and nothing be fetched from anywhere.
 */
export function reportDocument({ script, style, data }: ReportDocumentParts): string {
  // Nothing in a script element but its end tag ends it; in JSON the escape says the same.
  const code = withoutMapLink(script).replace(/<\/(?=script)/gi, '<\\/');
  const json = JSON.stringify(data).replaceAll('<', '\\u003c');
  const sheet = `${themeStyle}\n${withoutMapLink(style)}`;
  const policy = `default-src 'none'; script-src ${hashOf(code)}; style-src ${hashOf(sheet)}; img-src data:; form-action 'none'; base-uri 'none'`;
  return `<!DOCTYPE html>
<html lang="${data.view.wording.language.replace(/[^\w-]/g, '')}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Backup Foresight</title>
<style>${sheet}</style>
</head>
<body>
<div id="app"></div>
<script type="application/json" id="${embeddedReportId}">${json}</script>
<script>${code}</script>
</body>
</html>
`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** A link to a source map is another file, which is not there. */
function withoutMapLink(text: string): string {
  return text.replace(/^(\/\/|\/\*)# sourceMappingURL=.*$/gm, '');
}
