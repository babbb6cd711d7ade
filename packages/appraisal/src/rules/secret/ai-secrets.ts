import type { SecretRow } from './secret-row.ts';

const COST = 'With it one runs models at the account’s cost';

/** Keys of services that run models. Source: the providers' documentation of their key formats. */
export const AI_SECRETS: readonly SecretRow[] = [
  {
    name: 'openai-key',
    what: 'an OpenAI key',
    grade: 'account',
    opens: `${COST}, and reads the files kept there.`,
    // `T3BlbkFJ` is the company's name in base64.
    pattern: { keywords: ['sk-'], rest: /(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20,80}T3BlbkFJ[A-Za-z0-9_-]{20,80}/ },
  },
  {
    name: 'anthropic-key',
    what: 'an Anthropic key',
    grade: 'account',
    opens: `${COST}.`,
    pattern: { keywords: ['sk-ant-api', 'sk-ant-admin'], rest: /\d\d-[A-Za-z0-9_-]{93}AA/ },
  },
  {
    name: 'openrouter-key',
    what: 'an OpenRouter key',
    grade: 'service',
    opens: `${COST}.`,
    pattern: { keywords: ['sk-or-v1-'], rest: /[0-9a-f]{64}/ },
  },
  {
    name: 'huggingface-token',
    what: 'a Hugging Face token',
    grade: 'service',
    opens: 'With it one reads, and may replace, the models and data of the account.',
    pattern: { keywords: ['hf_', 'api_org_'], rest: /[A-Za-z]{34}/ },
  },
  {
    name: 'replicate-token',
    what: 'a Replicate token',
    grade: 'service',
    opens: `${COST}.`,
    pattern: { keywords: ['r8_'], rest: /[A-Za-z0-9]{37}/ },
  },
  {
    name: 'groq-key',
    what: 'a Groq key',
    grade: 'service',
    opens: `${COST}.`,
    pattern: { keywords: ['gsk_'], rest: /[A-Za-z0-9]{52}/ },
  },
  {
    name: 'perplexity-key',
    what: 'a Perplexity key',
    grade: 'service',
    opens: `${COST}.`,
    pattern: { keywords: ['pplx-'], rest: /[A-Za-z0-9]{48}/ },
  },
  {
    name: 'xai-key',
    what: 'an xAI key',
    grade: 'service',
    opens: `${COST}.`,
    pattern: { keywords: ['xai-'], rest: /[A-Za-z0-9]{80}/ },
  },
  {
    name: 'elevenlabs-key',
    what: 'an ElevenLabs key',
    grade: 'service',
    opens: 'With it one makes voices speak at the account’s cost.',
    pattern: { keywords: ['sk_'], rest: /[a-f0-9]{48}/ },
  },
  {
    name: 'nvidia-key',
    what: 'an NVIDIA API key',
    grade: 'service',
    opens: `${COST}.`,
    pattern: { keywords: ['nvapi-'], rest: /[A-Za-z0-9_-]{64}/ },
  },
  {
    name: 'pinecone-key',
    what: 'a Pinecone key',
    grade: 'service',
    opens: 'With it one reads and changes what the index holds, often the texts of users.',
    pattern: { keywords: ['pcsk_'], rest: /[A-Za-z0-9]{5,6}_[A-Za-z0-9]{60,70}/ },
  },
  {
    name: 'langsmith-key',
    what: 'a LangSmith key',
    grade: 'service',
    opens: 'With it one reads what users have asked models, and the answers.',
    pattern: { keywords: ['lsv2_pt_', 'lsv2_sk_'], rest: /[0-9a-f]{32}_[0-9a-f]{10}/ },
  },
];
