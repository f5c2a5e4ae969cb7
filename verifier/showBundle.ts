import type { BundleReport, BundleVerdict, WeighingShown } from '../native/evidence/checkBundle.ts';
import { bundleWords } from '../native/evidence/faultWords.ts';
import { chinaTime, element } from './show.ts';

const outcomes: Readonly<Record<string, string>> = {
  allow: '可以放行 may leave',
  refuse: '不予放行 refused',
  'cannot-decide': '无法判定 not decided',
};

/**
 * Puts what a bundle is worth on the page: the first thing that does not hold, or all it shows. `given`: how many heads
 * kept outside it was to be compared with.
 */
export function showBundle(into: HTMLElement, verdict: BundleVerdict, given: number): void {
  if (verdict.kind === 'fails') {
    const { part, code, detail } = verdict.fault;
    const [zh, en] = bundleWords[code];
    into.className = 'bad';
    into.replaceChildren(
      element('h2', '✖ 不成立 Does not hold'),
      element('p', part, 'part'),
      element('p', zh),
      element('p', en),
      ...(detail === '' ? [] : [element('p', detail.slice(0, 200), 'detail')]),
    );
    return;
  }
  const { report } = verdict;
  const whole = verdict.kind === 'holds';
  into.className = whole && report.published && report.voidedSince.length === 0 ? 'good' : 'doubt';
  into.replaceChildren(
    ...(whole
      ? headOf(report)
      : [element('h2', '◐ 现有的都成立，但有缺少'), element('p', 'What is here holds; this is missing:')]),
    ...report.missing.map((name) => element('p', name, 'detail')),
    ...(report.mode === 'drill' ? [element('p', '演练，不具效力 A drill: of no truck', 'hint')] : []),
    ...report.weighings.map((each) => weighingOf(each, report.voidedSince.includes(each.number))),
    ...(report.moreWeighings > 0 ? [element('p', `… ${String(report.moreWeighings)}`)] : []),
    ...report.voidedSince.map((number) =>
      element('p', `${String(number)} 号已作废（公布的名单） Void by the published list`, 'hint'),
    ),
    ...report.restores.map(({ epoch, headSequence }) =>
      element(
        'p',
        `第 ${String(epoch)} 次恢复，接第 ${String(headSequence)} 条 Put back from a backup behind event ${String(headSequence)}`,
      ),
    ),
    keptOf(report, given),
    factsOf(report),
  );
}

function headOf(report: BundleReport): HTMLElement[] {
  if (report.published && report.voidedSince.length > 0)
    return [
      element('h2', '✔ 成立，但有已作废的'),
      element('p', '每一项都核对无误，其中有记录后来作废 Holds; some of it was voided later'),
    ];
  return report.published
    ? [element('h2', '✔ 成立'), element('p', '每一项都核对无误 Holds: everything in it was checked')]
    : [
        element('h2', '◐ 包内各项一致'),
        element('p', '本页没有该站公钥：是否本站所签没有核对'),
        element(
          'p',
          'Holds in itself; whether this station signed it was not checked: no keys of it in this page',
        ),
      ];
}

/** Only a head kept outside shows that a ledger was not written anew as a whole, or cut. */
function keptOf({ anchors, anchorsMet }: BundleReport, given: number): HTMLElement {
  const [zh, en] =
    given === 0
      ? ['没有给站外留存的摘要，未对照', 'Not compared with anything kept outside the yard']
      : anchors === 0
        ? ['给的站外留存都是别站的，未对照', 'What was kept outside is of other stations: not compared']
        : anchorsMet === 0
          ? [
              `与站外留存的 ${String(anchors)} 个摘要不矛盾，但都不在本包的记录里`,
              `Does not contradict the ${String(anchors)} kept outside; none of them falls into this bundle`,
            ]
          : [
              `与站外留存的摘要一致：${String(anchorsMet)} 个就在本包的记录里${anchors > anchorsMet ? `，另外 ${String(anchors - anchorsMet)} 个不矛盾` : ''}`,
              `Agrees with what was kept outside: ${String(anchorsMet)} of ${String(anchors)} stand in this bundle`,
            ];
  return element('p', `${anchorsMet > 0 ? '✔ ' : ''}${zh} ${en}`, anchorsMet > 0 ? 'hint' : 'detail');
}

function weighingOf(each: WeighingShown, voidedSince: boolean): HTMLElement {
  const box = document.createElement('section');
  box.className = 'weighing';
  const list = document.createElement('dl');
  const row = (name: string, value: string): void => {
    list.append(element('dt', name), element('dd', value));
  };
  row('编号 No.', String(each.number));
  row('时间 Time', chinaTime(each.timeMs));
  row(each.kind === 'tare' ? '皮重 Tare' : '毛重 Gross', `${String(each.weighedKg)} kg`);
  if (each.netKg !== null) row('净重 Net', `${String(each.netKg)} kg`);
  if (each.limitKg !== null) row('限值 Limit', `${String(each.limitKg)} kg`);
  if (each.outcome !== null) row('判定 Decision', outcomes[each.outcome] ?? each.outcome);
  if (each.voided || voidedSince) row('状态 State', '已作废 VOID');
  else if (each.corrected) row('状态 State', '有更正 corrected');
  box.append(element('h3', each.plate), list);
  return box;
}

function factsOf(report: BundleReport): HTMLElement {
  const { station, stationName, events, signatures, head, keys } = report;
  const list = document.createElement('dl');
  const row = (name: string, value: string): void => {
    list.append(element('dt', name), element('dd', value));
  };
  row('站点 Station', `${stationName} (${station})`);
  row('记录 Events', `${String(events)} · 签名 signatures ${String(signatures)}`);
  row('公钥 Keys', keys.map(({ keyId, vouched }) => `${keyId}${vouched ? '' : ' ⚠'}`).join(' '));
  row('截至 As of', `${String(head.sequence)} · ${chinaTime(head.timeMs)}`);
  return list;
}
