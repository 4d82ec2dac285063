use super::Label;

pub(super) fn label(which: Label) -> &'static str {
    match which {
        Label::DeskName => "值班台",
        Label::OwnName => "中文",
        Label::SkipToContent => "跳到正文",
        Label::Pages => "页面",
        Label::Today => "今天",
        Label::Live => "自动刷新",
        Label::LogOut => "退出",
    }
}
