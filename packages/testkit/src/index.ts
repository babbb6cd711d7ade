export * from './doubles/adb-device/real-adb.ts';
export type { RecordedAnswer } from './doubles/adb-device/recorded-answers.ts';
export * from './doubles/adb-device/start-adb-device.ts';
export * from './doubles/mail-server.ts';
export * from './doubles/webhook-receiver.ts';
export * from './fleet/index.ts';
export * from './specimens/message-thief-pattern.ts';
export type { Specimen } from './specimens/pattern-app.ts';
export { ZOO } from './specimens/zoo.ts';
