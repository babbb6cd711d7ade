import { describe, expect, it } from 'vitest';
import { ApiError } from '../api/client.ts';
import { fieldErrors, refusalErrors } from './form-errors.ts';

describe('fieldErrors', () => {
  it('keeps the first message of each field', () => {
    expect(
      fieldErrors([
        { path: ['adminRecipients', 0], message: 'Not an address' },
        { path: ['host'], message: 'Required' },
        { path: ['host'], message: 'Too short' },
      ]),
    ).toEqual({ 'adminRecipients.0': 'Not an address', host: 'Required' });
  });
});

describe('refusalErrors', () => {
  it('puts what the server says about a field at the field', () => {
    const error = new ApiError(422, 'invalid', 'Not valid', 'See the fields', [
      { path: '/url', message: 'Not reachable' },
    ]);
    expect(refusalErrors(error)).toEqual({ url: 'Not reachable' });
  });
  it('shows the detail when no field is named', () => {
    expect(refusalErrors(new ApiError(429, 'rate-limited', 'Slow down', 'Wait a minute.'))).toEqual({
      '': 'Wait a minute.',
    });
    expect(refusalErrors('odd')).toEqual({ '': 'Something went wrong. Try again.' });
  });
});
