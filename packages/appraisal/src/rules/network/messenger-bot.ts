import { atString } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

/** Source: the address formats of the Telegram Bot API and of Discord webhooks. */
export const messengerBot: Rule = {
  id: 'android.network.messenger-bot',
  version: 2,
  title: 'The app can report to a messenger bot',
  why: 'A bot costs nothing and hides among other traffic, so stolen messages and passwords are often sent to one. Honest apps keep bot tokens on their server.',
  remedy: 'Find out what is sent there. A token in an app is public: revoke it.',
  severity: 'medium',
  kind: 'behaviour',
  needs: ['code'],
  malice: { base: 10, inLibrary: 5 },
  classes: ['data-leak'],
  mappings: { masvs: ['MASVS-NETWORK-1'], attack: ['T1481.003', 'T1646'], cwe: ['CWE-798'] },
  run(_image, ctx) {
    const sites = ctx.stringLoads((value) =>
      /^https:\/\/(?:api\.telegram\.org\/bot|(?:canary\.|ptb\.)?discord(?:app)?\.com\/api\/(?:v\d+\/)?webhooks\/)/.test(
        value,
      ),
    );
    // A token follows the address: the report must not carry it.
    return hit(
      sites.map((site) => atString({ ...site, value: `${site.value.slice(0, 34)}…` }, 'the address of a bot')),
    );
  },
};
