"""Reference 点位: places that do not exist, in regions that do (GB/T 2260, padded to twelve figures)."""

from __future__ import annotations

from contract.payloads import Site
from contract.sets import Network, SiteKind

REGIONS = {
    "4201": ("武汉", "Wuhan"),
    "4202": ("黄石", "Huangshi"),
    "4203": ("十堰", "Shiyan"),
    "4205": ("宜昌", "Yichang"),
    "4206": ("襄阳", "Xiangyang"),
    "4207": ("鄂州", "Ezhou"),
    "4208": ("荆门", "Jingmen"),
    "4209": ("孝感", "Xiaogan"),
    "4210": ("荆州", "Jingzhou"),
    "4211": ("黄冈", "Huanggang"),
    "4212": ("咸宁", "Xianning"),
    "4213": ("随州", "Suizhou"),
    "4228": ("恩施", "Enshi"),
    "429004": ("仙桃", "Xiantao"),
    "429005": ("潜江", "Qianjiang"),
    "429006": ("天门", "Tianmen"),
    "429021": ("神农架", "Shennongjia"),
}
"""The 17 regions at prefecture level: by four figures, those under the province itself by six."""


def region_of(region_code: str) -> str:
    """The key in :data:`REGIONS` of a region code of twelve figures, or "" when it lies in none of them."""
    return next((key for key in (region_code[:4], region_code[:6]) if key in REGIONS), "")


def reference_sites() -> tuple[Site, ...]:
    """The sites that a new platform knows."""
    return (
        Site(
            site_id="WH-WC-001",
            name="武昌区政务服务中心（演示）",
            kind=SiteKind.SERVICE_CENTRE,
            organisation="武汉市武昌区行政审批局（演示）",
            region_code="420106000000",
            address="湖北省武汉市武昌区演示路1号一楼",
            network=Network.GOVERNMENT_EXTRANET,
            keeper="综合服务窗口",
            keeper_telephone="027-00000001",
            staffed_window="本大厅一楼综合窗口",
            staffed_window_hours="工作日 09:00-17:00",
        ),
        Site(
            site_id="WH-JH-007",
            name="江汉区万松街演示社区",
            kind=SiteKind.COMMUNITY,
            organisation="武汉市江汉区万松街道办事处（演示）",
            region_code="420103000000",
            address="湖北省武汉市江汉区演示大道7号社区服务站",
            network=Network.GOVERNMENT_EXTRANET,
            keeper="社区党群服务中心",
            keeper_telephone="027-00000007",
            staffed_window="万松街道便民服务中心",
            staffed_window_hours="工作日 08:30-17:30",
        ),
        Site(
            site_id="XY-FC-002",
            name="樊城区演示银行24小时服务厅",
            kind=SiteKind.BANK,
            organisation="襄阳市樊城区行政审批局（演示）",
            region_code="420606000000",
            address="湖北省襄阳市樊城区演示街2号",
            network=Network.PRIVATE_LINE,
            keeper="银行大堂",
            keeper_telephone="0710-0000002",
            staffed_window="樊城区政务服务中心",
            staffed_window_hours="工作日 09:00-17:00",
        ),
        Site(
            site_id="YC-XL-003",
            name="西陵区演示产业园",
            kind=SiteKind.PARK,
            organisation="宜昌市西陵区行政审批局（演示）",
            region_code="420502000000",
            address="湖北省宜昌市西陵区演示一路3号园区服务楼",
            network=Network.INTERNET,
            keeper="园区企业服务中心",
            keeper_telephone="0717-0000003",
            staffed_window="西陵区政务服务中心",
            staffed_window_hours="工作日 09:00-17:00",
        ),
        Site(
            site_id="ES-ES-004",
            name="恩施市演示街道便民服务中心",
            kind=SiteKind.SERVICE_CENTRE,
            organisation="恩施市政务服务和大数据管理局（演示）",
            region_code="422801000000",
            address="湖北省恩施土家族苗族自治州恩施市演示路4号",
            network=Network.GOVERNMENT_EXTRANET,
            keeper="便民服务中心",
            keeper_telephone="0718-0000004",
            staffed_window="恩施市政务服务中心",
            staffed_window_hours="工作日 09:00-17:00",
        ),
        Site(
            site_id="XT-SZ-005",
            name="仙桃市演示商务楼宇",
            kind=SiteKind.BUILDING,
            organisation="仙桃市行政审批局（演示）",
            region_code="429004000000",
            address="湖北省仙桃市演示大道5号一层",
            network=Network.INTERNET,
            keeper="楼宇物业服务中心",
            keeper_telephone="0728-0000005",
            staffed_window="仙桃市政务服务中心",
            staffed_window_hours="工作日 09:00-17:00",
        ),
    )
