export { ClosingResolver, listClosingsToDecide } from "./closing.resolver.ts";
export { ClosingRequestType } from "./closing.types.ts";
export { mountClosing } from "./mount-closing.ts";
export { decideAsOperator, reopenAsOperator } from "./operator-closing.ts";
export { listForOperatorStatement } from "./sql/list-for-operator.ts";
export { ProfileClosingResolver, ViewerClosingResolver } from "./viewer-closing.resolver.ts";
