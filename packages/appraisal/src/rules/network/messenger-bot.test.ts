import { testRule } from '../../testing/test-rule.ts';
import { messengerBot } from './messenger-bot.ts';

const codeOf = (url: string) => [{ name: 'com.example.app.A', methods: { 'run()V': [`string ${url}`] } }];

testRule(messengerBot, {
  bad: {
    'the Telegram Bot API': {
      code: codeOf('https://api.telegram.org/bot123456:abc/sendMessage'),
      shows: 'api.telegram.org',
    },
    'a Discord webhook': { code: codeOf('https://discord.com/api/webhooks/1/abc'), shows: 'discord.com' },
  },
  good: {
    'a link to a channel': { code: codeOf('https://t.me/vedette') },
    'an invitation': { code: codeOf('https://discord.com/invite/vedette') },
  },
});
