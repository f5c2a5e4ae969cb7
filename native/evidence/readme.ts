/** What a person who unpacks a bundle reads first. The same text in every bundle. */
export const readme = `源衡 称重证据包 / Yuanheng weighing evidence

打开本包中的 verifier.html（如有），或在任何一台电脑上运行
    yuanheng verify bundle 本文件.zip --keys 公布的公钥.json
即可核对：重量由仪表原始数据重新读出，判定由当时的规则重新得出，
每一条记录都由本站签名，照片和曲线与记录中的指纹一致。
本包不能证明：没有其他记录；此后没有作废或更正；时钟准确。
请从磅站以外的地方取得公布的公钥，不要用别人随包给的。

Open verifier.html in this bundle (where there is one), or run the command above on any computer.
The weight is read again from the indicator's bytes, the decision is made again from the rules of that day,
every record is signed by the station, pictures and curves have the hashes the records name.
What a bundle cannot prove: that there are no other records, that nothing was voided or corrected since, that
the clock was right. Get the published keys from elsewhere than from whoever gave you this file.

  bundle.json    what is in here                    本包内容
  events.jsonl   the ledger's events, signed        账本记录与签名
  rules/         the rules decided by               判定所用规则
  curves/        the indicator's bytes, deflated    仪表原始数据曲线
  pictures/      as the cameras gave them           照片原件

The format is described field by field in docs/evidence.md of the program.
`;
