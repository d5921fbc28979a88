export { Incidents } from './Incidents';
