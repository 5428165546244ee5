import { blocksOf } from '../../../review/page/blocks';

test('parts sentences from commands and documents', () => {
  const text = 'Add to role X:\n{\n  "Effect": "Allow"\n}\nWider: Y\naws iam one\naws iam two';

  expect(blocksOf({ label: 'Fix', text })).toEqual([
    { kind: 'prose', text: 'Add to role X:' },
    { kind: 'code', text: '{\n  "Effect": "Allow"\n}' },
    { kind: 'prose', text: 'Wider: Y' },
    { kind: 'code', text: 'aws iam one\naws iam two' },
  ]);
});

test('what is to be copied as it stands is one block', () => {
  const text = '# a comment\nresource "x" "y" {\n}';

  expect(blocksOf({ label: 'Terraform', text, verbatim: true })).toEqual([{ kind: 'code', text }]);
});

test('spells out what nobody would see, so that it is neither missed nor copied', () => {
  const [block] = blocksOf({ label: 'Fix', text: '{"Resource": "a\u202eb\u200b\u{e0041}\u2028\u0007"}' });

  expect(block?.text).toBe('{"Resource": "a\\u202eb\\u200b\\udb40\\udc41\\u2028\\u0007"}');
  expect(JSON.parse(block?.text ?? '')).toEqual({ Resource: 'a\u202eb\u200b\u{e0041}\u2028\u0007' });
});
