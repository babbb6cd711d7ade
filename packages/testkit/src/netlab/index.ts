export { NETLAB_ATTACKS, NETLAB_BENIGN, type NetlabCase } from './cases.ts';
export { NETLAB_REMEDIES, type NetlabRemedy, type RemedyResult } from './remedies.ts';
export { isInstalled, type NetlabOptions, type NetlabResult, runNetlab } from './run-netlab.ts';
