import type ts from "typescript";
import type { TypeScript } from "../compiler.ts";

/**
 * Assignments in place of declarations; where nothing is assigned, the target alone.
 * @param visit rewrites what the declarations hold of the program's code
 */
export function assignmentsOf(
  ts: TypeScript,
  factory: ts.NodeFactory,
  declarations: readonly ts.VariableDeclaration[],
  visit: ts.Visitor<ts.Node, ts.Node>,
): ts.Expression {
  const expression = (node: ts.Expression) => ts.visitNode(node, visit, ts.isExpression);

  const assignment = ({ name, initializer }: ts.VariableDeclaration | ts.BindingElement): ts.Expression => {
    const target = targetOf(name);
    return initializer ? factory.createAssignment(target, expression(initializer)) : target;
  };

  const targetOf = (name: ts.BindingName): ts.Expression => {
    if (ts.isIdentifier(name)) return name;
    const target = ts.isObjectBindingPattern(name)
      ? factory.createObjectLiteralExpression(name.elements.map(property))
      : factory.createArrayLiteralExpression(name.elements.map(item));
    return ts.setTextRange(target, name);
  };

  const property = (element: ts.BindingElement): ts.ObjectLiteralElementLike => {
    const { propertyName, name, dotDotDotToken, initializer } = element;
    if (dotDotDotToken) return factory.createSpreadAssignment(assignment(element));
    if (ts.isIdentifier(name) && !propertyName)
      return factory.createShorthandPropertyAssignment(name, initializer && expression(initializer));
    // A pattern inside of a pattern always has a property name.
    return factory.createPropertyAssignment(ts.visitNode(propertyName!, visit, ts.isPropertyName), assignment(element));
  };

  const item = (element: ts.ArrayBindingElement): ts.Expression => {
    if (ts.isOmittedExpression(element)) return element;
    return element.dotDotDotToken ? factory.createSpreadElement(assignment(element)) : assignment(element);
  };

  return declarations.map(assignment).reduce((before, next) => factory.createComma(before, next));
}
