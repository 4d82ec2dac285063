use super::Label;

pub(super) fn label(which: Label) -> &'static str {
    match which {
        Label::DeskName => "Duty desk",
        Label::OwnName => "English",
        Label::SkipToContent => "Skip to content",
        Label::Pages => "Pages",
        Label::Today => "Today",
        Label::Live => "Live",
        Label::LogOut => "Log out",
    }
}
