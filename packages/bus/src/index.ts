export type { Job, JobQueue, NewJob, WorkOptions } from './job-queue.ts';
