import { readPattern } from '../../sandbox/eventbridge/pattern';

const EVENT = {
  source: 'aws.cloudtrail',
  account: '111122223333',
  detail: {
    eventName: 'CreateTrail',
    errorCode: 'AccessDenied',
    readOnly: false,
    count: 5,
    nothing: null,
    empty: '',
    emptyList: [],
    sourceIPAddress: '10.1.2.3',
    tags: ['one', 'Two'],
    resources: [
      { type: 'trail', account: '1' },
      { type: 'bucket', account: '2', extra: true },
    ],
    'dotted.key': 'value',
  },
};

const matches = (detail: unknown) => readPattern({ detail }).matches(EVENT);

describe('an element of a pattern', () => {
  test.each<[string, unknown]>([
    ['an exact text', ['CreateTrail']],
    ['one of several texts', ['DeleteTrail', 'CreateTrail']],
    ['prefix', [{ prefix: 'Create' }]],
    ['prefix ignoring case', [{ prefix: { 'equals-ignore-case': 'cREATE' } }]],
    ['suffix', [{ suffix: 'Trail' }]],
    ['suffix ignoring case', [{ suffix: { 'equals-ignore-case': 'TRAIL' } }]],
    ['equals-ignore-case', [{ 'equals-ignore-case': 'createtrail' }]],
    ['wildcard', [{ wildcard: 'C*e*l' }]],
    ['wildcard without a star', [{ wildcard: 'CreateTrail' }]],
    ['anything-but', [{ 'anything-but': 'DeleteTrail' }]],
    ['anything-but a list', [{ 'anything-but': ['DeleteTrail', 'UpdateTrail'] }]],
    ['anything-but a number', [{ 'anything-but': 5 }]],
    ['anything-but prefix', [{ 'anything-but': { prefix: 'Delete' } }]],
    ['anything-but prefixes', [{ 'anything-but': { prefix: ['Delete', 'Update'] } }]],
    ['anything-but suffix', [{ 'anything-but': { suffix: 'Bucket' } }]],
    ['anything-but wildcard', [{ 'anything-but': { wildcard: '*Bucket*' } }]],
    ['anything-but ignoring case', [{ 'anything-but': { 'equals-ignore-case': ['deletetrail'] } }]],
    ['exists', [{ exists: true }]],
    ['any of several operators', [{ prefix: 'X' }, { suffix: 'Trail' }]],
  ])('%s matches', (_, elements) => {
    expect(matches({ eventName: elements })).toBe(true);
  });

  test.each<[string, unknown]>([
    ['another text', ['Createtrail']],
    ['prefix in the middle', [{ prefix: 'Trail' }]],
    ['suffix in the middle', [{ suffix: 'Create' }]],
    ['wildcard of a part', [{ wildcard: 'Create' }]],
    ['anything-but the text itself', [{ 'anything-but': ['CreateTrail'] }]],
    ['anything-but its prefix', [{ 'anything-but': { prefix: ['Create', 'Delete'] } }]],
    ['anything-but its text in other case', [{ 'anything-but': { 'equals-ignore-case': 'CREATETRAIL' } }]],
    ['exists: false', [{ exists: false }]],
    ['a number', [5]],
  ])('%s does not match', (_, elements) => {
    expect(matches({ eventName: elements })).toBe(false);
  });

  test.each<[string, unknown, boolean]>([
    ['a number', { count: [5.0] }, true],
    ['a number as text', { count: ['5'] }, false],
    ['a boolean', { readOnly: [false] }, true],
    ['null', { nothing: [null] }, true],
    ['null that is missing', { missing: [null] }, false],
    ['an empty text', { empty: [''] }, true],
    ['a bound', { count: [{ numeric: ['>', 4] }] }, true],
    ['a range', { count: [{ numeric: ['>=', 5, '<', 6] }] }, true],
    ['a range that ends before', { count: [{ numeric: ['>', 0, '<', 5] }] }, false],
    ['equality of numbers', { count: [{ numeric: ['=', 5] }] }, true],
    ['an address in a network', { sourceIPAddress: [{ cidr: '10.0.0.0/8' }] }, true],
    ['an address outside it', { sourceIPAddress: [{ cidr: '10.2.0.0/16' }] }, false],
    ['a text where a network is asked for', { eventName: [{ cidr: '10.0.0.0/8' }] }, false],
  ])('compares %s', (_, detail, expected) => {
    expect(matches(detail)).toBe(expected);
  });
});

describe('facts of EventBridge that surprise', () => {
  test.each<[string, unknown, boolean]>([
    ['a missing key is not anything-but', { missing: [{ 'anything-but': 'x' }] }, false],
    ['an array matches when any element does', { tags: ['Two'] }, true],
    ['so anything-but an element passes by another element', { tags: [{ 'anything-but': 'one' }] }, true],
    ['anything-but every element fails', { tags: [{ 'anything-but': ['one', 'Two'] }] }, false],
    ['exists works on leaves only', { resources: [{ exists: true }] }, false],
    ['exists: false holds for a key that only has keys inside', { resources: [{ exists: false }] }, true],
    ['an empty array is as good as absent', { emptyList: [{ exists: false }] }, true],
    ['a whole missing branch satisfies exists: false', { missing: { deeper: [{ exists: false }] } }, true],
    ['exists: false fails when one element has the key', { resources: { extra: [{ exists: false }] } }, false],
    ['one array element must meet everything', { resources: { type: ['trail'], account: ['2'] } }, false],
    ['and one does', { resources: { type: ['bucket'], account: ['2'] } }, true],
    ['a dotted key of the event is a path', { dotted: { key: ['value'] } }, true],
    ['a dotted key of the pattern is one too', { 'dotted.key': ['value'] }, true],
    ['$or takes one of its branches', { $or: [{ eventName: ['X'] }, { errorCode: ['AccessDenied'] }] }, true],
    ['$or fails when no branch matches', { $or: [{ eventName: ['X'] }, { errorCode: ['Y'] }] }, false],
    ['$or adds to its neighbours', { count: [6], $or: [{ eventName: ['CreateTrail'] }, { a: ['b'] }] }, false],
    ['a later $or replaces the same key before it', { count: [6], $or: [{ count: [5] }, { a: ['b'] }] }, true],
    ['a later key replaces the same key in $or', { $or: [{ count: [6] }, { count: [7] }], count: [5] }, true],
  ])('%s', (_, detail, expected) => {
    expect(matches(detail)).toBe(expected);
  });

  test('a backslash takes the meaning from a star', () => {
    const { matches: matchesStar } = readPattern({ text: [{ wildcard: String.raw`a\*b*` }] });

    expect([matchesStar({ text: 'a*bc' }), matchesStar({ text: 'axbc' })]).toEqual([true, false]);
  });

  test('a wildcard with many stars takes no longer than one with few', () => {
    const { matches: matchesStars } = readPattern({ text: [{ wildcard: `${'*a'.repeat(20)}*b` }] });
    const began = performance.now();

    expect(matchesStars({ text: 'a'.repeat(20_000) })).toBe(false);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

describe('a pattern that EventBridge would refuse', () => {
  test.each<[string, unknown, string]>([
    [
      'an unknown operator',
      { a: [{ wildcardd: 'x' }] },
      'Event pattern, a: unknown operator "wildcardd"; known are prefix',
    ],
    ['an operator of every object', { a: [{ constructor: 'x' }] }, 'unknown operator "constructor"'],
    ['a text instead of an array', { a: { b: 'x' } }, 'Event pattern, a.b: expected an object with keys, found "x"'],
    ['an empty array', { a: [] }, 'Event pattern, a: an empty array matches nothing'],
    ['an empty object', { a: {} }, 'Event pattern, a: expected an object with keys'],
    ['two operators in one', { a: [{ prefix: 'x', suffix: 'y' }] }, 'expected one operator'],
    ['consecutive stars', { a: [{ wildcard: 'x**y' }] }, 'consecutive'],
    ['a prefix that is no text', { a: [{ prefix: 5 }] }, 'expected one operator'],
    ['a range in the wrong order', { a: [{ numeric: ['<', 5, '>', 1] }] }, 'a numeric range begins with > or >='],
    ['a range that is empty', { a: [{ numeric: ['>', 5, '<', 1] }] }, 'its lower bound comes first'],
    ['a numeric without a number', { a: [{ numeric: ['>', '5'] }] }, 'numeric compares with numbers'],
    ['a network that is none', { a: [{ cidr: '10.0.0.0' }] }, 'cidr takes a network'],
    ['exists with a text', { a: [{ exists: 'yes' }] }, 'exists takes true or false'],
    ['anything-but numeric', { a: [{ 'anything-but': { numeric: ['>', 1] } }] }, 'anything-but takes no "numeric"'],
  ])('%s is an error that names it', (_, pattern, message) => {
    expect(() => readPattern(pattern)).toThrow(message);
  });
});
