import { testEvasionRule } from '../../testing/test-evasion-rule.ts';
import { interceptionCheck } from './interception-check.ts';

testEvasionRule(interceptionCheck, {
  probes: ['string http.proxyHost', 'string tun0'],
  shows: 'looks for the interface of a VPN',
  tooFew: 1,
});
