// Loaded with `node -r` before anything that an old Node could not even read.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    'ChatOps needs Node 20.19 or newer and this is Node ' +
      process.versions.node +
      ': install it from https://nodejs.org.'
  );
  process.exit(1);
}
