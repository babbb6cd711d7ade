export { type LoadedVulnerabilities, loadVulnerabilities, vulnerabilityFiles } from './load-vulnerabilities.ts';
