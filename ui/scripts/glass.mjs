// Builds the gallery as the product is built and serves it, to measure: `node scripts/glass.mjs PORT DIR`.
import { build, preview } from 'vite';

const [port = '5180', folder = 'glass'] = process.argv.slice(2);
const common = { build: { outDir: folder, emptyOutDir: true } };
// The gallery is left out of the product by this one constant.
await build({ ...common, define: { 'import.meta.env.DEV': 'true' }, logLevel: 'warn' });
await preview({ ...common, preview: { port: Number(port), strictPort: true } });
process.stdout.write(`http://localhost:${port}/?gallery\n`);
