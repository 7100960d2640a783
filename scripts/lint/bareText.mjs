import ts from 'typescript';

const TEXT = ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike;
const NOTHING = ts.TypeFlags.Undefined | ts.TypeFlags.Null | ts.TypeFlags.BooleanLike;

/**
 * No bare text beside an element that comes and goes. A browser that translates the page puts elements around pieces of text; React then
 * does not find the piece before which it is to put an icon, say. An element around the text stays where it is.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const bareText = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      bare: 'Put an element around this text: translated pages move it, and the element beside it comes and goes.',
    },
  },
  create(context) {
    const { parserServices: services } = context.sourceCode;
    /** @type {ts.TypeChecker | undefined} */
    const checker = services?.program?.getTypeChecker();
    if (!checker) return {};

    /** @param {any} expression */
    const isText = (expression) => {
      const type = checker.getTypeAtLocation(services.esTreeNodeToTSNodeMap.get(expression));
      const parts = (type.isUnion() ? type.types : [type]).filter(
        ({ flags }) => (flags & NOTHING) === 0,
      );
      return parts.length > 0 && parts.every(({ flags }) => (flags & TEXT) !== 0);
    };

    /** @param {any} parent */
    const check = (parent) => {
      if (!parent.children.some(comesAndGoes)) return;
      for (const child of parent.children) {
        const isBare =
          child.type === 'JSXText'
            ? child.value.trim() !== ''
            : child.type === 'JSXExpressionContainer' &&
              child.expression.type !== 'JSXEmptyExpression' &&
              !isSpace(child.expression) &&
              isText(child.expression);
        if (isBare) context.report({ node: child, messageId: 'bare' });
      }
    };
    return { JSXElement: check, JSXFragment: check };
  },
};

/** An element, or another or none. @param {any} child */
function comesAndGoes(child) {
  if (child.type !== 'JSXExpressionContainer') return false;
  const { type, consequent, alternate, right } = child.expression;
  if (type !== 'ConditionalExpression' && type !== 'LogicalExpression') return false;
  return [consequent, alternate, right].some((part) => /^JSX(Element|Fragment)$/.test(part?.type));
}

/** Translators leave it alone. @param {any} expression */
function isSpace(expression) {
  return expression.type === 'Literal' && String(expression.value).trim() === '';
}
