import { Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { expect, it } from 'vitest';
import { bareText } from './bareText.mjs';

const linter = new Linter();

/** The lines of an element's content that the rule refuses. */
function refused(content: string): number[] {
  const code = `declare const text: string, number: number | undefined, node: object, is: boolean;
declare namespace JSX { interface IntrinsicElements { i: object; p: object } }
const it = <p>
${content}
</p>;`;
  const found = linter.verify(
    code,
    {
      files: ['**/*.tsx'],
      languageOptions: {
        parser: tseslint.parser,
        parserOptions: {
          projectService: { allowDefaultProject: ['*.tsx'] },
          tsconfigRootDir: import.meta.dirname,
        },
      },
      plugins: { basin: { rules: { 'bare-text': bareText } } },
      rules: { 'basin/bare-text': 'error' },
    },
    `${import.meta.dirname}/made.tsx`,
  );
  expect(found.filter(({ fatal }) => fatal)).toEqual([]);
  return found.map(({ line }) => line - 3);
}

it('finds text beside an element that comes and goes', () => {
  expect(refused('{is && <i />}\ntext')).toEqual([1]);
  expect(refused('{is ? <i /> : null}\n{text}')).toEqual([2]);
  expect(refused('{number}\n{is ? null : <></>}')).toEqual([1]);
  expect(refused("{is && 'text'}\n{is && <i />}")).toEqual([1]);
});

it('leaves alone what has an element of its own, or stands beside elements that stay', () => {
  expect(refused('<i>{text}</i>{is && <i />}')).toEqual([]);
  expect(refused("{is && <i />}{' '}{node}{/* words */}")).toEqual([]);
  expect(refused('<i /> text {text}')).toEqual([]);
  expect(refused("{is ? 'a' : 'b'} {text}")).toEqual([]);
});
