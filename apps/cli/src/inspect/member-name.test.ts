import { describe, expect, it } from 'vitest';
import { parseMember } from './member-name.ts';

describe('parseMember', () => {
  it.each([
    ['com.example.Main.onCreate', { class: 'com.example.Main', name: 'onCreate' }, 'com.example.Main.onCreate'],
    ['com.example.Main#onCreate', { class: 'com.example.Main', name: 'onCreate' }, null],
    ['a.B.<init>()V', { class: 'a.B', name: '<init>', descriptor: '()V' }, null],
    ['La/B;', { class: 'a.B' }, 'a.B'],
    ['La/B;->', { class: 'a.B' }, 'a.B'],
    ['La/B;->c(ILjava/lang/String;)V', { class: 'a.B', name: 'c', descriptor: '(ILjava/lang/String;)V' }, null],
    ['onCreate', { name: 'onCreate' }, 'onCreate'],
  ])('%s as a method or a class', (text, method, whole) => {
    expect(parseMember(text)).toMatchObject({ method, whole });
  });

  it.each([
    ['a.B.count:I', { class: 'a.B', name: 'count', type: 'I' }],
    ['La/B;->count:I', { class: 'a.B', name: 'count', type: 'I' }],
    ['android.os.Build.MODEL', { class: 'android.os.Build', name: 'MODEL' }],
  ])('%s as a field', (text, field) => {
    expect(parseMember(text).field).toEqual(field);
  });
});
