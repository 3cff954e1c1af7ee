// Preloaded with --import by the npm scripts, and plain JavaScript, because an older Node cannot even read the TypeScript that follows.
const needed = 24;
const major = Number(process.versions.node.split('.')[0]);
if (major < needed) {
  console.error(
    `Backup Foresight is developed with Node ${needed} or newer and this is Node ${process.versions.node}. ` +
      `npm ci brings the right one on Linux (x64, arm64) and Windows (x64), unless optional packages are left out; elsewhere install it from https://nodejs.org.`,
  );
  process.exit(1);
}
