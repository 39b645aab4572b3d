import type { MermaidConfig } from 'mermaid';
import type { DrawingRequest } from '../src/app/markdown/drawing';

/** The page's own; an image can have no fonts of its own. */
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif";

/** What the page's style sheet calls accent, text, muted and so on; and colours of things that stand side by side. */
const COLOURS = {
  light: {
    surface: '#f3f4f2',
    raised: '#fbfbfa',
    soft: '#e0f0ed',
    accent: '#0f766e',
    text: '#1b1f1d',
    muted: '#5b6461',
    note: '#fcf3dd',
    series: ['#9fd5cd', '#f0cd8f', '#bccbea', '#e8bdb3', '#cbdba8', '#d6c5e4'],
  },
  dark: {
    surface: '#1d201f',
    raised: '#262a28',
    soft: '#17322e',
    accent: '#4fd1c1',
    text: '#e7eae8',
    muted: '#9ba5a1',
    note: '#3a3222',
    series: ['#1f6a62', '#74571f', '#3c4f7d', '#7a4239', '#4d5f2a', '#5c466f'],
  },
} as const;

/** Mermaid derives the rest. */
function themeOf(colours: DrawingRequest['colours']): Record<string, unknown> {
  const { surface, raised, soft, accent, text, muted, note, series } = COLOURS[colours];
  const numbered = (name: string, first: number, colour: (n: number) => string | undefined) =>
    Array.from({ length: 12 }, (_, n): [string, string | undefined] => [
      `${name}${n + first}`,
      colour(n % series.length),
    ]);
  return {
    background: surface,
    primaryColor: soft,
    primaryBorderColor: accent,
    primaryTextColor: text,
    secondaryColor: note,
    secondaryTextColor: text,
    tertiaryColor: raised,
    tertiaryTextColor: text,
    tertiaryBorderColor: muted,
    lineColor: muted,
    textColor: text,
    titleColor: text,
    noteBkgColor: note,
    noteTextColor: text,
    edgeLabelBackground: surface,
    rowOdd: raised,
    rowEven: surface,
    fontFamily: FONT,
    fontSize: '15px',
    pieStrokeColor: surface,
    pieOuterStrokeColor: surface,
    pieOpacity: '1',
    pieSectionTextColor: text,
    xyChart: {
      backgroundColor: 'transparent',
      plotColorPalette: [series[0], accent, ...series.slice(1)].join(','),
    },
    ...Object.fromEntries([
      ...numbered('pie', 1, (n) => series[n]),
      ...numbered('cScale', 0, (n) => series[n]),
      ...numbered('cScaleLabel', 0, () => text),
      ...numbered('git', 0, (n) => series[n]),
      ...numbered('gitBranchLabel', 0, () => text),
    ]),
  };
}

/**
 * Mermaid's, for each diagram anew. A source may set much of it for itself, but not what is named under `secure`: how far it
 * is trusted, how large it may be, and how it looks, which has to suit the page in light and dark.
 */
export function configuration(colours: DrawingRequest['colours']): MermaidConfig {
  return {
    startOnLoad: false,
    suppressErrorRendering: true,
    securityLevel: 'strict',
    htmlLabels: false,
    layout: 'dagre',
    look: 'classic',
    sequence: { wrap: true },
    theme: 'base',
    themeVariables: themeOf(colours),
    fontFamily: FONT,
    maxTextSize: 50_000,
    maxEdges: 500,
    secure: [
      ...['secure', 'securityLevel', 'startOnLoad', 'maxTextSize', 'suppressErrorRendering', 'maxEdges'],
      ...[
        'theme',
        'themeCSS',
        'themeVariables',
        'darkMode',
        'fontFamily',
        'altFontFamily',
        'htmlLabels',
        'layout',
      ],
    ],
  };
}
