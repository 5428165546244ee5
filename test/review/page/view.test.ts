import { NO_FILTERS } from '../../../review/page/selection';
import { hashOf, type View, viewOf } from '../../../review/page/view';

const START: View = { filters: NO_FILTERS, order: 'gravest', incident: null, locale: 'en' };

test('the view that the page opens with needs no address', () => {
  expect(hashOf(START, 'en')).toBe('');
  expect(viewOf('', 'en')).toEqual(START);
});

test('an address shows the same view again, whatever stands in its names', () => {
  const view: View = {
    filters: {
      query: 'stop & "go" #1 +é',
      span: { from: Date.parse('2026-11-01T00:00:00Z'), to: Date.parse('2026-11-02T00:00:00Z') },
      chosen: {
        ...NO_FILTERS.chosen,
        severity: ['high', 'low'],
        principal: ['arn:aws:iam::111122223333:role/a,b&c=d#e', 'anonymous'],
      },
    },
    order: 'most',
    incident: '0123456789ab',
    locale: 'ja',
  };

  expect(viewOf(`#${hashOf(view, 'en')}`, 'en')).toEqual(view);
});

test('a bare key opens its incident', () => {
  expect(viewOf('#0123456789ab', 'ja')).toEqual({ ...START, incident: '0123456789ab', locale: 'ja' });
});

test.each([
  '#order=up&lang=xx',
  '#from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z',
  '#from=yesterday&to=now',
  '#%E0%A4%A&incident=',
  '#__proto__=1&constructor=2',
])('what makes no sense is left out: %s', (hash) => {
  expect(viewOf(hash, 'en')).toEqual(START);
});

test('a value given twice is chosen once', () => {
  expect(viewOf('#state=open&state=open', 'en').filters.chosen.state).toEqual(['open']);
});
