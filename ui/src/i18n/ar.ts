// The words of one language, fetched when somebody speaks it; with the English patterns by which
// the console's sentences are known.
export const files = import.meta.glob<string>('./ar/*.ftl', {
  query: '?raw',
  import: 'default',
  eager: true,
});

export { default as patterns } from './en/said.ftl?raw';
