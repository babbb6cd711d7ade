import { boundServiceRule } from '../../bound-service-rule.ts';

export const vpnService = boundServiceRule({
  name: 'vpn-service',
  title: 'The app can route all traffic through itself',
  why: 'A VPN sees where every connection goes, and what is in those that are not encrypted.',
  guard: 'BIND_VPN_SERVICE',
  note: 'can carry all network traffic',
  severity: 'low',
  malice: { base: 2 },
  dataRisk: { base: 5 },
  mappings: { masvs: ['MASVS-NETWORK-1'], attack: ['T1638'] },
  remedy: 'Allow VPNs of the company, or of a provider it trusts.',
});
