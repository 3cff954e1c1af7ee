/** The bundler takes style sheets out into dist/report.css. */
declare module '*.css';
