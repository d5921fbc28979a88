export { Monitor } from './Monitor';
