/** Teams' own look, as far as a host says it. */
export type Theme = 'light' | 'dark';

interface Palette {
  readonly page: string;
  readonly card: string;
  readonly emphasis: string;
  readonly border: string;
  readonly text: string;
  readonly subtle: string;
  readonly accent: string;
  readonly good: string;
  readonly warning: string;
  readonly attention: string;
}

export const PALETTES: Record<Theme, Palette> = {
  light: {
    page: '#f5f5f5',
    card: '#ffffff',
    emphasis: '#f0f0f0',
    border: '#d1d1d1',
    text: '#242424',
    subtle: '#616161',
    accent: '#5b5fc7',
    good: '#0e700e',
    warning: '#8a5a00',
    attention: '#c4314b',
  },
  dark: {
    page: '#1f1f1f',
    card: '#292929',
    emphasis: '#3d3d3d',
    border: '#666666',
    text: '#ffffff',
    subtle: '#adadad',
    accent: '#9ea2ff',
    good: '#92c353',
    warning: '#f8d22a',
    attention: '#f1707b',
  },
};

const FONT = "'Segoe UI', 'Selawik', 'Open Sans', 'DejaVu Sans', sans-serif";

/** A colour, and the same where less is to be seen. */
const shades = (full: string, subtle = full) => ({ default: full, subtle });

/** The renderer's configuration. */
export function hostOf(theme: Theme) {
  const palette = PALETTES[theme];
  const colors = {
    default: shades(palette.text, palette.subtle),
    dark: shades(palette.text, palette.subtle),
    light: shades(palette.subtle),
    accent: shades(palette.accent),
    good: shades(palette.good),
    warning: shades(palette.warning),
    attention: shades(palette.attention),
  };
  const container = (backgroundColor: string) => ({ backgroundColor, foregroundColors: colors });
  return {
    fontFamily: FONT,
    supportsInteractivity: true,
    fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 300, default: 400, bolder: 600 },
    lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: palette.border },
    containerStyles: {
      default: container(palette.card),
      emphasis: container(palette.emphasis),
      good: container(theme === 'light' ? '#e7f2da' : '#0d2e0d'),
      attention: container(theme === 'light' ? '#fcf4f6' : '#3e1f26'),
      warning: container(theme === 'light' ? '#fbf6d9' : '#463100'),
      accent: container(theme === 'light' ? '#e8ebfa' : '#2f2f4a'),
    },
    actions: {
      maxActions: 6,
      spacing: 'default',
      buttonSpacing: 8,
      showCard: { actionMode: 'inline', inlineTopMargin: 8, style: 'emphasis' },
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
    },
    inputs: {
      label: {
        inputSpacing: 'small',
        requiredInputs: { weight: 'default', suffix: ' *', suffixColor: 'attention' },
        optionalInputs: { weight: 'default' },
      },
      errorMessage: { color: 'attention', spacing: 'small' },
    },
    factSet: { title: { weight: 'bolder', wrap: true, maxWidth: 150 }, value: { wrap: true }, spacing: 12 },
    table: { cellSpacing: 8 },
  };
}

/** The page's own look, around the renderer's. */
export function styleOf(theme: Theme): string {
  const { page, card, border, text, accent } = PALETTES[theme];
  const primary = theme === 'light' ? accent : '#5b5fc7';
  return `
    html { color-scheme: ${theme}; }
    body { margin: 0; padding: 16px; background: ${page}; font: 14px/20px ${FONT}; color: ${text}; }
    #card { background: ${card}; border: 1px solid ${border}; border-radius: 6px; overflow: hidden; }
    #card p { margin: 0; } #card p + p { margin-top: 8px; } #card ul, #card ol { box-sizing: border-box; margin: 0; padding-left: 20px; }
    #card .ac-actionSet { flex-wrap: wrap; gap: 8px; } #card .ac-actionSet > div:empty { display: none; }
    #card a { color: ${accent}; }
    .ac-pushButton, .ac-inlineActionButton { font: inherit; font-weight: 600; padding: 5px 12px; border: 1px solid ${border}; border-radius: 4px;
      background: ${card}; color: ${text}; text-align: center; }
    .ac-pushButton.style-positive, .ac-pushButton.primary { background: ${primary}; border-color: ${primary}; color: #fff; }
    .ac-pushButton.style-destructive { color: ${PALETTES[theme].attention}; }
    .ac-pushButton.subdued { opacity: 0.6; }
    .ac-ctrl-overlay { position: fixed; inset: 0; }
    .ac-ctrl-popup-container { position: absolute; padding: 4px 0; background: ${card}; border: 1px solid ${border}; border-radius: 4px; }
    .ac-ctrl-dropdown-item { padding: 6px 12px; }
    .ac-input { font: inherit; color: ${text}; background: ${page}; border: 0; border-bottom: 1px solid ${border};
      border-radius: 4px; padding: 6px 10px; box-sizing: border-box; }
    .ac-input[type=checkbox], .ac-input[type=radio] { margin-right: 8px; }
    div.ac-input { background: none; border: 0; padding: 0; }
    select.ac-input { width: 100%; }
  `;
}
