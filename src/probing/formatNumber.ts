export { formatFigure as formatNumber } from '../core/formatNumber';
