/**
 * Names of the framework's public resources that are no attributes, by type: number of the type, names in the order of
 * their ids (AOSP frameworks/base core/res/res/values/public-final.xml, up to Android 16; colours up to Android 10). `@4a` goes on at
 * entry 0x4a.
 */
export const PUBLIC_RESOURCES: readonly (readonly [type: string, typeId: number, names: string])[] = [
  [
    'id',
    0x0102,
    `
background checkbox content edit empty hint icon icon1 icon2 input list message primary progress selectedIcon
secondaryProgress summary tabcontent tabhost tabs text1 text2 title toggle widget_frame button1 button2 button3
extractArea candidatesArea inputArea selectAll cut copy paste copyUrl switchInputMethod inputExtractEditText
keyboardView closeButton startSelectingText stopSelectingText addToDictionary custom home selectTextMode mask
statusBarBackground navigationBarBackground pasteAsPlainText undo redo replaceText shareText
accessibilityActionShowOnScreen accessibilityActionScrollToPosition accessibilityActionScrollUp
accessibilityActionScrollLeft accessibilityActionScrollDown accessibilityActionScrollRight
accessibilityActionContextClick accessibilityActionSetProgress icon_frame list_container switch_widget textAssist
accessibilityActionMoveWindow autofill accessibilityActionShowTooltip accessibilityActionHideTooltip
accessibilityActionPageUp accessibilityActionPageDown accessibilityActionPageLeft accessibilityActionPageRight
accessibilityActionPressAndHold accessibilitySystemActionBack accessibilitySystemActionHome
accessibilitySystemActionRecents accessibilitySystemActionNotifications accessibilitySystemActionQuickSettings
accessibilitySystemActionPowerDialog accessibilitySystemActionToggleSplitScreen accessibilitySystemActionLockScreen
accessibilitySystemActionTakeScreenshot accessibilityActionImeEnter accessibilityActionDragStart
accessibilityActionDragDrop accessibilityActionDragCancel accessibilityActionShowTextSuggestions inputExtractAction
inputExtractAccessories bold italic underline accessibilityActionScrollInDirection
accessibilityActionSetExtendedSelection
`,
  ],
  [
    'style',
    0x0103,
    `
Animation Animation.Activity Animation.Dialog Animation.Translucent Animation.Toast Theme Theme.NoTitleBar
Theme.NoTitleBar.Fullscreen Theme.Black Theme.Black.NoTitleBar Theme.Black.NoTitleBar.Fullscreen Theme.Dialog
Theme.Light Theme.Light.NoTitleBar Theme.Light.NoTitleBar.Fullscreen Theme.Translucent Theme.Translucent.NoTitleBar
Theme.Translucent.NoTitleBar.Fullscreen Widget Widget.AbsListView Widget.Button Widget.Button.Inset
Widget.Button.Small Widget.Button.Toggle Widget.CompoundButton Widget.CompoundButton.CheckBox
Widget.CompoundButton.RadioButton Widget.CompoundButton.Star Widget.ProgressBar Widget.ProgressBar.Large
Widget.ProgressBar.Small Widget.ProgressBar.Horizontal Widget.SeekBar Widget.RatingBar Widget.TextView Widget.EditText
Widget.ExpandableListView Widget.ImageWell Widget.ImageButton Widget.AutoCompleteTextView Widget.Spinner
Widget.TextView.PopupMenu Widget.TextView.SpinnerItem Widget.DropDownItem Widget.DropDownItem.Spinner
Widget.ScrollView Widget.ListView Widget.ListView.White Widget.ListView.DropDown Widget.ListView.Menu Widget.GridView
Widget.WebView Widget.TabWidget Widget.Gallery Widget.PopupWindow MediaButton MediaButton.Previous MediaButton.Next
MediaButton.Play MediaButton.Ffwd MediaButton.Rew MediaButton.Pause TextAppearance TextAppearance.Inverse
TextAppearance.Theme TextAppearance.DialogWindowTitle TextAppearance.Large TextAppearance.Large.Inverse
TextAppearance.Medium TextAppearance.Medium.Inverse TextAppearance.Small TextAppearance.Small.Inverse
TextAppearance.Theme.Dialog TextAppearance.Widget TextAppearance.Widget.Button TextAppearance.Widget.IconMenu.Item
TextAppearance.Widget.EditText TextAppearance.Widget.TabWidget TextAppearance.Widget.TextView
TextAppearance.Widget.TextView.PopupMenu TextAppearance.Widget.DropDownHint TextAppearance.Widget.DropDownItem
TextAppearance.Widget.TextView.SpinnerItem TextAppearance.WindowTitle Theme.InputMethod Theme.NoDisplay
Animation.InputMethod Widget.KeyboardView ButtonBar Theme.Panel Theme.Light.Panel Widget.ProgressBar.Inverse
Widget.ProgressBar.Large.Inverse Widget.ProgressBar.Small.Inverse Theme.Wallpaper Theme.Wallpaper.NoTitleBar
Theme.Wallpaper.NoTitleBar.Fullscreen Theme.WallpaperSettings Theme.Light.WallpaperSettings
TextAppearance.SearchResult.Title TextAppearance.SearchResult.Subtitle TextAppearance.StatusBar.Title
TextAppearance.StatusBar.Icon TextAppearance.StatusBar.EventContent TextAppearance.StatusBar.EventContent.Title
Theme.WithActionBar Theme.NoTitleBar.OverlayActionModes Theme.Holo Theme.Holo.NoActionBar
Theme.Holo.NoActionBar.Fullscreen Theme.Holo.Light Theme.Holo.Dialog Theme.Holo.Dialog.MinWidth
Theme.Holo.Dialog.NoActionBar Theme.Holo.Dialog.NoActionBar.MinWidth Theme.Holo.Light.Dialog
Theme.Holo.Light.Dialog.MinWidth Theme.Holo.Light.Dialog.NoActionBar Theme.Holo.Light.Dialog.NoActionBar.MinWidth
Theme.Holo.DialogWhenLarge Theme.Holo.DialogWhenLarge.NoActionBar Theme.Holo.Light.DialogWhenLarge
Theme.Holo.Light.DialogWhenLarge.NoActionBar Theme.Holo.Panel Theme.Holo.Light.Panel Theme.Holo.Wallpaper
Theme.Holo.Wallpaper.NoTitleBar Theme.Holo.InputMethod TextAppearance.Widget.PopupMenu.Large
TextAppearance.Widget.PopupMenu.Small Widget.ActionBar Widget.Spinner.DropDown Widget.ActionButton
Widget.ListPopupWindow Widget.PopupMenu Widget.ActionButton.Overflow Widget.ActionButton.CloseMode
Widget.FragmentBreadCrumbs Widget.Holo Widget.Holo.Button Widget.Holo.Button.Small Widget.Holo.Button.Inset
Widget.Holo.Button.Toggle Widget.Holo.TextView Widget.Holo.AutoCompleteTextView Widget.Holo.CompoundButton.CheckBox
Widget.Holo.ListView.DropDown Widget.Holo.EditText Widget.Holo.ExpandableListView Widget.Holo.GridView
Widget.Holo.ImageButton Widget.Holo.ListView Widget.Holo.PopupWindow Widget.Holo.ProgressBar
Widget.Holo.ProgressBar.Horizontal Widget.Holo.ProgressBar.Small Widget.Holo.ProgressBar.Small.Title
Widget.Holo.ProgressBar.Large Widget.Holo.SeekBar Widget.Holo.RatingBar Widget.Holo.RatingBar.Indicator
Widget.Holo.RatingBar.Small Widget.Holo.CompoundButton.RadioButton Widget.Holo.ScrollView
Widget.Holo.HorizontalScrollView Widget.Holo.Spinner Widget.Holo.CompoundButton.Star Widget.Holo.TabWidget
Widget.Holo.WebTextView Widget.Holo.WebView Widget.Holo.DropDownItem Widget.Holo.DropDownItem.Spinner
Widget.Holo.TextView.SpinnerItem Widget.Holo.ListPopupWindow Widget.Holo.PopupMenu Widget.Holo.ActionButton
Widget.Holo.ActionButton.Overflow Widget.Holo.ActionButton.TextButton Widget.Holo.ActionMode
Widget.Holo.ActionButton.CloseMode Widget.Holo.ActionBar Widget.Holo.Light Widget.Holo.Light.Button
Widget.Holo.Light.Button.Small Widget.Holo.Light.Button.Inset Widget.Holo.Light.Button.Toggle
Widget.Holo.Light.TextView Widget.Holo.Light.AutoCompleteTextView Widget.Holo.Light.CompoundButton.CheckBox
Widget.Holo.Light.ListView.DropDown Widget.Holo.Light.EditText Widget.Holo.Light.ExpandableListView
Widget.Holo.Light.GridView Widget.Holo.Light.ImageButton Widget.Holo.Light.ListView Widget.Holo.Light.PopupWindow
Widget.Holo.Light.ProgressBar Widget.Holo.Light.ProgressBar.Horizontal Widget.Holo.Light.ProgressBar.Small
Widget.Holo.Light.ProgressBar.Small.Title Widget.Holo.Light.ProgressBar.Large Widget.Holo.Light.ProgressBar.Inverse
Widget.Holo.Light.ProgressBar.Small.Inverse Widget.Holo.Light.ProgressBar.Large.Inverse Widget.Holo.Light.SeekBar
Widget.Holo.Light.RatingBar Widget.Holo.Light.RatingBar.Indicator Widget.Holo.Light.RatingBar.Small
Widget.Holo.Light.CompoundButton.RadioButton Widget.Holo.Light.ScrollView Widget.Holo.Light.HorizontalScrollView
Widget.Holo.Light.Spinner Widget.Holo.Light.CompoundButton.Star Widget.Holo.Light.TabWidget
Widget.Holo.Light.WebTextView Widget.Holo.Light.WebView Widget.Holo.Light.DropDownItem
Widget.Holo.Light.DropDownItem.Spinner Widget.Holo.Light.TextView.SpinnerItem Widget.Holo.Light.ListPopupWindow
Widget.Holo.Light.PopupMenu Widget.Holo.Light.ActionButton Widget.Holo.Light.ActionButton.Overflow
Widget.Holo.Light.ActionMode Widget.Holo.Light.ActionButton.CloseMode Widget.Holo.Light.ActionBar
Widget.Holo.Button.Borderless Widget.Holo.Tab Widget.Holo.Light.Tab Holo.ButtonBar Holo.Light.ButtonBar
Holo.ButtonBar.AlertDialog Holo.Light.ButtonBar.AlertDialog Holo.SegmentedButton Holo.Light.SegmentedButton
Widget.CalendarView Widget.Holo.CalendarView Widget.Holo.Light.CalendarView Widget.DatePicker Widget.Holo.DatePicker
Theme.Holo.Light.NoActionBar Theme.Holo.Light.NoActionBar.Fullscreen Widget.ActionBar.TabView Widget.ActionBar.TabText
Widget.ActionBar.TabBar Widget.Holo.ActionBar.TabView Widget.Holo.ActionBar.TabText Widget.Holo.ActionBar.TabBar
Widget.Holo.Light.ActionBar.TabView Widget.Holo.Light.ActionBar.TabText Widget.Holo.Light.ActionBar.TabBar
TextAppearance.Holo TextAppearance.Holo.Inverse TextAppearance.Holo.Large TextAppearance.Holo.Large.Inverse
TextAppearance.Holo.Medium TextAppearance.Holo.Medium.Inverse TextAppearance.Holo.Small
TextAppearance.Holo.Small.Inverse TextAppearance.Holo.SearchResult.Title TextAppearance.Holo.SearchResult.Subtitle
TextAppearance.Holo.Widget TextAppearance.Holo.Widget.Button TextAppearance.Holo.Widget.IconMenu.Item
TextAppearance.Holo.Widget.TabWidget TextAppearance.Holo.Widget.TextView TextAppearance.Holo.Widget.TextView.PopupMenu
TextAppearance.Holo.Widget.DropDownHint TextAppearance.Holo.Widget.DropDownItem
TextAppearance.Holo.Widget.TextView.SpinnerItem TextAppearance.Holo.Widget.EditText
TextAppearance.Holo.Widget.PopupMenu TextAppearance.Holo.Widget.PopupMenu.Large
TextAppearance.Holo.Widget.PopupMenu.Small TextAppearance.Holo.Widget.ActionBar.Title
TextAppearance.Holo.Widget.ActionBar.Subtitle TextAppearance.Holo.Widget.ActionMode.Title
TextAppearance.Holo.Widget.ActionMode.Subtitle TextAppearance.Holo.WindowTitle TextAppearance.Holo.DialogWindowTitle
TextAppearance.SuggestionHighlight Theme.Holo.Light.DarkActionBar Widget.Holo.Button.Borderless.Small
Widget.Holo.Light.Button.Borderless.Small TextAppearance.Holo.Widget.ActionBar.Title.Inverse
TextAppearance.Holo.Widget.ActionBar.Subtitle.Inverse TextAppearance.Holo.Widget.ActionMode.Title.Inverse
TextAppearance.Holo.Widget.ActionMode.Subtitle.Inverse TextAppearance.Holo.Widget.ActionBar.Menu
Widget.Holo.ActionBar.Solid Widget.Holo.Light.ActionBar.Solid Widget.Holo.Light.ActionBar.Solid.Inverse
Widget.Holo.Light.ActionBar.TabBar.Inverse Widget.Holo.Light.ActionBar.TabView.Inverse
Widget.Holo.Light.ActionBar.TabText.Inverse Widget.Holo.Light.ActionMode.Inverse Theme.DeviceDefault
Theme.DeviceDefault.NoActionBar Theme.DeviceDefault.NoActionBar.Fullscreen Theme.DeviceDefault.Light
Theme.DeviceDefault.Light.NoActionBar Theme.DeviceDefault.Light.NoActionBar.Fullscreen Theme.DeviceDefault.Dialog
Theme.DeviceDefault.Dialog.MinWidth Theme.DeviceDefault.Dialog.NoActionBar
Theme.DeviceDefault.Dialog.NoActionBar.MinWidth Theme.DeviceDefault.Light.Dialog
Theme.DeviceDefault.Light.Dialog.MinWidth Theme.DeviceDefault.Light.Dialog.NoActionBar
Theme.DeviceDefault.Light.Dialog.NoActionBar.MinWidth Theme.DeviceDefault.DialogWhenLarge
Theme.DeviceDefault.DialogWhenLarge.NoActionBar Theme.DeviceDefault.Light.DialogWhenLarge
Theme.DeviceDefault.Light.DialogWhenLarge.NoActionBar Theme.DeviceDefault.Panel Theme.DeviceDefault.Light.Panel
Theme.DeviceDefault.Wallpaper Theme.DeviceDefault.Wallpaper.NoTitleBar Theme.DeviceDefault.InputMethod
Theme.DeviceDefault.Light.DarkActionBar Widget.DeviceDefault Widget.DeviceDefault.Button
Widget.DeviceDefault.Button.Small Widget.DeviceDefault.Button.Inset Widget.DeviceDefault.Button.Toggle
Widget.DeviceDefault.Button.Borderless.Small Widget.DeviceDefault.TextView Widget.DeviceDefault.AutoCompleteTextView
Widget.DeviceDefault.CompoundButton.CheckBox Widget.DeviceDefault.ListView.DropDown Widget.DeviceDefault.EditText
Widget.DeviceDefault.ExpandableListView Widget.DeviceDefault.GridView Widget.DeviceDefault.ImageButton
Widget.DeviceDefault.ListView Widget.DeviceDefault.PopupWindow Widget.DeviceDefault.ProgressBar
Widget.DeviceDefault.ProgressBar.Horizontal Widget.DeviceDefault.ProgressBar.Small
Widget.DeviceDefault.ProgressBar.Small.Title Widget.DeviceDefault.ProgressBar.Large Widget.DeviceDefault.SeekBar
Widget.DeviceDefault.RatingBar Widget.DeviceDefault.RatingBar.Indicator Widget.DeviceDefault.RatingBar.Small
Widget.DeviceDefault.CompoundButton.RadioButton Widget.DeviceDefault.ScrollView
Widget.DeviceDefault.HorizontalScrollView Widget.DeviceDefault.Spinner Widget.DeviceDefault.CompoundButton.Star
Widget.DeviceDefault.TabWidget Widget.DeviceDefault.WebTextView Widget.DeviceDefault.WebView
Widget.DeviceDefault.DropDownItem Widget.DeviceDefault.DropDownItem.Spinner Widget.DeviceDefault.TextView.SpinnerItem
Widget.DeviceDefault.ListPopupWindow Widget.DeviceDefault.PopupMenu Widget.DeviceDefault.ActionButton
Widget.DeviceDefault.ActionButton.Overflow Widget.DeviceDefault.ActionButton.TextButton
Widget.DeviceDefault.ActionMode Widget.DeviceDefault.ActionButton.CloseMode Widget.DeviceDefault.ActionBar
Widget.DeviceDefault.Button.Borderless Widget.DeviceDefault.Tab Widget.DeviceDefault.CalendarView
Widget.DeviceDefault.DatePicker Widget.DeviceDefault.ActionBar.TabView Widget.DeviceDefault.ActionBar.TabText
Widget.DeviceDefault.ActionBar.TabBar Widget.DeviceDefault.ActionBar.Solid Widget.DeviceDefault.Light
Widget.DeviceDefault.Light.Button Widget.DeviceDefault.Light.Button.Small Widget.DeviceDefault.Light.Button.Inset
Widget.DeviceDefault.Light.Button.Toggle Widget.DeviceDefault.Light.Button.Borderless.Small
Widget.DeviceDefault.Light.TextView Widget.DeviceDefault.Light.AutoCompleteTextView
Widget.DeviceDefault.Light.CompoundButton.CheckBox Widget.DeviceDefault.Light.ListView.DropDown
Widget.DeviceDefault.Light.EditText Widget.DeviceDefault.Light.ExpandableListView Widget.DeviceDefault.Light.GridView
Widget.DeviceDefault.Light.ImageButton Widget.DeviceDefault.Light.ListView Widget.DeviceDefault.Light.PopupWindow
Widget.DeviceDefault.Light.ProgressBar Widget.DeviceDefault.Light.ProgressBar.Horizontal
Widget.DeviceDefault.Light.ProgressBar.Small Widget.DeviceDefault.Light.ProgressBar.Small.Title
Widget.DeviceDefault.Light.ProgressBar.Large Widget.DeviceDefault.Light.ProgressBar.Inverse
Widget.DeviceDefault.Light.ProgressBar.Small.Inverse Widget.DeviceDefault.Light.ProgressBar.Large.Inverse
Widget.DeviceDefault.Light.SeekBar Widget.DeviceDefault.Light.RatingBar Widget.DeviceDefault.Light.RatingBar.Indicator
Widget.DeviceDefault.Light.RatingBar.Small Widget.DeviceDefault.Light.CompoundButton.RadioButton
Widget.DeviceDefault.Light.ScrollView Widget.DeviceDefault.Light.HorizontalScrollView
Widget.DeviceDefault.Light.Spinner Widget.DeviceDefault.Light.CompoundButton.Star Widget.DeviceDefault.Light.TabWidget
Widget.DeviceDefault.Light.WebTextView Widget.DeviceDefault.Light.WebView Widget.DeviceDefault.Light.DropDownItem
Widget.DeviceDefault.Light.DropDownItem.Spinner Widget.DeviceDefault.Light.TextView.SpinnerItem
Widget.DeviceDefault.Light.ListPopupWindow Widget.DeviceDefault.Light.PopupMenu Widget.DeviceDefault.Light.Tab
Widget.DeviceDefault.Light.CalendarView Widget.DeviceDefault.Light.ActionButton
Widget.DeviceDefault.Light.ActionButton.Overflow Widget.DeviceDefault.Light.ActionMode
Widget.DeviceDefault.Light.ActionButton.CloseMode Widget.DeviceDefault.Light.ActionBar
Widget.DeviceDefault.Light.ActionBar.TabView Widget.DeviceDefault.Light.ActionBar.TabText
Widget.DeviceDefault.Light.ActionBar.TabBar Widget.DeviceDefault.Light.ActionBar.Solid
Widget.DeviceDefault.Light.ActionBar.Solid.Inverse Widget.DeviceDefault.Light.ActionBar.TabBar.Inverse
Widget.DeviceDefault.Light.ActionBar.TabView.Inverse Widget.DeviceDefault.Light.ActionBar.TabText.Inverse
Widget.DeviceDefault.Light.ActionMode.Inverse TextAppearance.DeviceDefault TextAppearance.DeviceDefault.Inverse
TextAppearance.DeviceDefault.Large TextAppearance.DeviceDefault.Large.Inverse TextAppearance.DeviceDefault.Medium
TextAppearance.DeviceDefault.Medium.Inverse TextAppearance.DeviceDefault.Small
TextAppearance.DeviceDefault.Small.Inverse TextAppearance.DeviceDefault.SearchResult.Title
TextAppearance.DeviceDefault.SearchResult.Subtitle TextAppearance.DeviceDefault.WindowTitle
TextAppearance.DeviceDefault.DialogWindowTitle TextAppearance.DeviceDefault.Widget
TextAppearance.DeviceDefault.Widget.Button TextAppearance.DeviceDefault.Widget.IconMenu.Item
TextAppearance.DeviceDefault.Widget.TabWidget TextAppearance.DeviceDefault.Widget.TextView
TextAppearance.DeviceDefault.Widget.TextView.PopupMenu TextAppearance.DeviceDefault.Widget.DropDownHint
TextAppearance.DeviceDefault.Widget.DropDownItem TextAppearance.DeviceDefault.Widget.TextView.SpinnerItem
TextAppearance.DeviceDefault.Widget.EditText TextAppearance.DeviceDefault.Widget.PopupMenu
TextAppearance.DeviceDefault.Widget.PopupMenu.Large TextAppearance.DeviceDefault.Widget.PopupMenu.Small
TextAppearance.DeviceDefault.Widget.ActionBar.Title TextAppearance.DeviceDefault.Widget.ActionBar.Subtitle
TextAppearance.DeviceDefault.Widget.ActionMode.Title TextAppearance.DeviceDefault.Widget.ActionMode.Subtitle
TextAppearance.DeviceDefault.Widget.ActionBar.Title.Inverse
TextAppearance.DeviceDefault.Widget.ActionBar.Subtitle.Inverse
TextAppearance.DeviceDefault.Widget.ActionMode.Title.Inverse
TextAppearance.DeviceDefault.Widget.ActionMode.Subtitle.Inverse TextAppearance.DeviceDefault.Widget.ActionBar.Menu
DeviceDefault.ButtonBar DeviceDefault.ButtonBar.AlertDialog DeviceDefault.SegmentedButton
DeviceDefault.Light.ButtonBar DeviceDefault.Light.ButtonBar.AlertDialog DeviceDefault.Light.SegmentedButton
Widget.Holo.MediaRouteButton Widget.Holo.Light.MediaRouteButton Widget.DeviceDefault.MediaRouteButton
Widget.DeviceDefault.Light.MediaRouteButton Widget.Holo.CheckedTextView Widget.Holo.Light.CheckedTextView
Widget.DeviceDefault.CheckedTextView Widget.DeviceDefault.Light.CheckedTextView Theme.Holo.NoActionBar.Overscan
Theme.Holo.Light.NoActionBar.Overscan Theme.DeviceDefault.NoActionBar.Overscan
Theme.DeviceDefault.Light.NoActionBar.Overscan Theme.Holo.NoActionBar.TranslucentDecor
Theme.Holo.Light.NoActionBar.TranslucentDecor Theme.DeviceDefault.NoActionBar.TranslucentDecor
Theme.DeviceDefault.Light.NoActionBar.TranslucentDecor Widget.FastScroll Widget.StackView Widget.Toolbar
Widget.Toolbar.Button.Navigation Widget.DeviceDefault.FastScroll Widget.DeviceDefault.StackView
Widget.DeviceDefault.Light.FastScroll Widget.DeviceDefault.Light.StackView TextAppearance.Material
TextAppearance.Material.Button TextAppearance.Material.Body2 TextAppearance.Material.Body1
TextAppearance.Material.Caption TextAppearance.Material.DialogWindowTitle TextAppearance.Material.Display4
TextAppearance.Material.Display3 TextAppearance.Material.Display2 TextAppearance.Material.Display1
TextAppearance.Material.Headline TextAppearance.Material.Inverse TextAppearance.Material.Large
TextAppearance.Material.Large.Inverse TextAppearance.Material.Medium TextAppearance.Material.Medium.Inverse
TextAppearance.Material.Menu TextAppearance.Material.Notification TextAppearance.Material.Notification.Emphasis
TextAppearance.Material.Notification.Info TextAppearance.Material.Notification.Line2
TextAppearance.Material.Notification.Time TextAppearance.Material.Notification.Title
TextAppearance.Material.SearchResult.Subtitle TextAppearance.Material.SearchResult.Title TextAppearance.Material.Small
TextAppearance.Material.Small.Inverse TextAppearance.Material.Subhead TextAppearance.Material.Title
TextAppearance.Material.WindowTitle TextAppearance.Material.Widget TextAppearance.Material.Widget.ActionBar.Menu
TextAppearance.Material.Widget.ActionBar.Subtitle TextAppearance.Material.Widget.ActionBar.Subtitle.Inverse
TextAppearance.Material.Widget.ActionBar.Title TextAppearance.Material.Widget.ActionBar.Title.Inverse
TextAppearance.Material.Widget.ActionMode.Subtitle TextAppearance.Material.Widget.ActionMode.Subtitle.Inverse
TextAppearance.Material.Widget.ActionMode.Title TextAppearance.Material.Widget.ActionMode.Title.Inverse
TextAppearance.Material.Widget.Button TextAppearance.Material.Widget.DropDownHint
TextAppearance.Material.Widget.DropDownItem TextAppearance.Material.Widget.EditText
TextAppearance.Material.Widget.IconMenu.Item TextAppearance.Material.Widget.PopupMenu
TextAppearance.Material.Widget.PopupMenu.Large TextAppearance.Material.Widget.PopupMenu.Small
TextAppearance.Material.Widget.TabWidget TextAppearance.Material.Widget.TextView
TextAppearance.Material.Widget.TextView.PopupMenu TextAppearance.Material.Widget.TextView.SpinnerItem
TextAppearance.Material.Widget.Toolbar.Subtitle TextAppearance.Material.Widget.Toolbar.Title
Theme.DeviceDefault.Settings Theme.Material Theme.Material.Dialog Theme.Material.Dialog.Alert
Theme.Material.Dialog.MinWidth Theme.Material.Dialog.NoActionBar Theme.Material.Dialog.NoActionBar.MinWidth
Theme.Material.Dialog.Presentation Theme.Material.DialogWhenLarge Theme.Material.DialogWhenLarge.NoActionBar
Theme.Material.InputMethod Theme.Material.NoActionBar Theme.Material.NoActionBar.Fullscreen
Theme.Material.NoActionBar.Overscan Theme.Material.NoActionBar.TranslucentDecor Theme.Material.Panel
Theme.Material.Settings Theme.Material.Voice Theme.Material.Wallpaper Theme.Material.Wallpaper.NoTitleBar
Theme.Material.Light Theme.Material.Light.DarkActionBar Theme.Material.Light.Dialog Theme.Material.Light.Dialog.Alert
Theme.Material.Light.Dialog.MinWidth Theme.Material.Light.Dialog.NoActionBar
Theme.Material.Light.Dialog.NoActionBar.MinWidth Theme.Material.Light.Dialog.Presentation
Theme.Material.Light.DialogWhenLarge Theme.Material.Light.DialogWhenLarge.NoActionBar Theme.Material.Light.NoActionBar
Theme.Material.Light.NoActionBar.Fullscreen Theme.Material.Light.NoActionBar.Overscan
Theme.Material.Light.NoActionBar.TranslucentDecor Theme.Material.Light.Panel Theme.Material.Light.Voice ThemeOverlay
ThemeOverlay.Material ThemeOverlay.Material.ActionBar ThemeOverlay.Material.Light ThemeOverlay.Material.Dark
ThemeOverlay.Material.Dark.ActionBar Widget.Material Widget.Material.ActionBar Widget.Material.ActionBar.Solid
Widget.Material.ActionBar.TabBar Widget.Material.ActionBar.TabText Widget.Material.ActionBar.TabView
Widget.Material.ActionButton Widget.Material.ActionButton.CloseMode Widget.Material.ActionButton.Overflow
Widget.Material.ActionMode Widget.Material.AutoCompleteTextView Widget.Material.Button
Widget.Material.Button.Borderless Widget.Material.Button.Borderless.Colored Widget.Material.Button.Borderless.Small
Widget.Material.Button.Inset Widget.Material.Button.Small Widget.Material.Button.Toggle Widget.Material.ButtonBar
Widget.Material.ButtonBar.AlertDialog Widget.Material.CalendarView Widget.Material.CheckedTextView
Widget.Material.CompoundButton.CheckBox Widget.Material.CompoundButton.RadioButton Widget.Material.CompoundButton.Star
Widget.Material.DatePicker Widget.Material.DropDownItem Widget.Material.DropDownItem.Spinner Widget.Material.EditText
Widget.Material.ExpandableListView Widget.Material.FastScroll Widget.Material.GridView
Widget.Material.HorizontalScrollView Widget.Material.ImageButton Widget.Material.ListPopupWindow
Widget.Material.ListView Widget.Material.ListView.DropDown Widget.Material.MediaRouteButton Widget.Material.PopupMenu
Widget.Material.PopupMenu.Overflow Widget.Material.PopupWindow Widget.Material.ProgressBar
Widget.Material.ProgressBar.Horizontal Widget.Material.ProgressBar.Large Widget.Material.ProgressBar.Small
Widget.Material.ProgressBar.Small.Title Widget.Material.RatingBar Widget.Material.RatingBar.Indicator
Widget.Material.RatingBar.Small Widget.Material.ScrollView Widget.Material.SearchView Widget.Material.SeekBar
Widget.Material.SegmentedButton Widget.Material.StackView Widget.Material.Spinner Widget.Material.Spinner.Underlined
Widget.Material.Tab Widget.Material.TabWidget Widget.Material.TextView Widget.Material.TextView.SpinnerItem
Widget.Material.TimePicker Widget.Material.Toolbar Widget.Material.Toolbar.Button.Navigation
Widget.Material.WebTextView Widget.Material.WebView Widget.Material.Light Widget.Material.Light.ActionBar
Widget.Material.Light.ActionBar.Solid Widget.Material.Light.ActionBar.TabBar Widget.Material.Light.ActionBar.TabText
Widget.Material.Light.ActionBar.TabView Widget.Material.Light.ActionButton
Widget.Material.Light.ActionButton.CloseMode Widget.Material.Light.ActionButton.Overflow
Widget.Material.Light.ActionMode Widget.Material.Light.AutoCompleteTextView Widget.Material.Light.Button
Widget.Material.Light.Button.Borderless Widget.Material.Light.Button.Borderless.Colored
Widget.Material.Light.Button.Borderless.Small Widget.Material.Light.Button.Inset Widget.Material.Light.Button.Small
Widget.Material.Light.Button.Toggle Widget.Material.Light.ButtonBar Widget.Material.Light.ButtonBar.AlertDialog
Widget.Material.Light.CalendarView Widget.Material.Light.CheckedTextView Widget.Material.Light.CompoundButton.CheckBox
Widget.Material.Light.CompoundButton.RadioButton Widget.Material.Light.CompoundButton.Star
Widget.Material.Light.DatePicker Widget.Material.Light.DropDownItem Widget.Material.Light.DropDownItem.Spinner
Widget.Material.Light.EditText Widget.Material.Light.ExpandableListView Widget.Material.Light.FastScroll
Widget.Material.Light.GridView Widget.Material.Light.HorizontalScrollView Widget.Material.Light.ImageButton
Widget.Material.Light.ListPopupWindow Widget.Material.Light.ListView Widget.Material.Light.ListView.DropDown
Widget.Material.Light.MediaRouteButton Widget.Material.Light.PopupMenu Widget.Material.Light.PopupMenu.Overflow
Widget.Material.Light.PopupWindow Widget.Material.Light.ProgressBar Widget.Material.Light.ProgressBar.Horizontal
Widget.Material.Light.ProgressBar.Inverse Widget.Material.Light.ProgressBar.Large
Widget.Material.Light.ProgressBar.Large.Inverse Widget.Material.Light.ProgressBar.Small
Widget.Material.Light.ProgressBar.Small.Inverse Widget.Material.Light.ProgressBar.Small.Title
Widget.Material.Light.RatingBar Widget.Material.Light.RatingBar.Indicator Widget.Material.Light.RatingBar.Small
Widget.Material.Light.ScrollView Widget.Material.Light.SearchView Widget.Material.Light.SeekBar
Widget.Material.Light.SegmentedButton Widget.Material.Light.StackView Widget.Material.Light.Spinner
Widget.Material.Light.Spinner.Underlined Widget.Material.Light.Tab Widget.Material.Light.TabWidget
Widget.Material.Light.TextView Widget.Material.Light.TextView.SpinnerItem Widget.Material.Light.TimePicker
Widget.Material.Light.WebTextView Widget.Material.Light.WebView Theme.Leanback.FormWizard
Theme.DeviceDefault.Dialog.Alert Theme.DeviceDefault.Light.Dialog.Alert Widget.Material.Button.Colored
TextAppearance.Material.Widget.Button.Inverse Theme.Material.Light.LightStatusBar ThemeOverlay.Material.Dialog
ThemeOverlay.Material.Dialog.Alert Theme.Material.Light.DialogWhenLarge.DarkActionBar Widget.Material.SeekBar.Discrete
Widget.Material.CompoundButton.Switch Widget.Material.Light.CompoundButton.Switch Widget.Material.NumberPicker
Widget.Material.Light.NumberPicker TextAppearance.Material.Widget.Button.Colored
TextAppearance.Material.Widget.Button.Borderless.Colored Widget.DeviceDefault.Button.Colored
Widget.DeviceDefault.Button.Borderless.Colored Theme.DeviceDefault.DocumentsUI Theme.DeviceDefault.DayNight
ThemeOverlay.DeviceDefault.Accent.DayNight TextAppearance.DeviceDefault.Headline
`,
  ],
  [
    'string',
    0x0104,
    `
cancel copy copyUrl cut defaultVoiceMailAlphaTag defaultMsisdnAlphaTag emptyPhoneNumber httpErrorBadUrl
httpErrorUnsupportedScheme no ok paste search_go selectAll unknownName untitled VideoView_error_button
VideoView_error_text_unknown VideoView_error_title yes dialog_alert_title
VideoView_error_text_invalid_progressive_playback selectTextMode status_bar_notification_info_overflow
fingerprint_icon_content_description paste_as_plain_text autofill config_helpPackageNameKey
config_helpPackageNameValue config_helpIntentExtraKey config_helpIntentNameKey config_feedbackIntentExtraKey
config_feedbackIntentNameKey config_defaultAssistant config_defaultBrowser config_defaultDialer config_defaultSms
config_defaultCallRedirection config_defaultCallScreening config_systemGallery @37 config_systemVisualIntelligence
config_systemActivityRecognizer config_systemCompanionDeviceProvider config_systemUi
config_defaultRingtoneVibrationSound config_systemSupervision config_devicePolicyManagement
config_systemAppProtectionService config_systemAutomotiveCalendarSyncManager config_defaultAutomotiveNavigation
safety_protection_display_text config_systemSettingsIntelligence config_systemBluetoothStack
config_systemWearHealthService config_defaultNotes config_systemFinancedDeviceController config_systemCallStreaming
config_defaultRetailDemo config_defaultWallet config_systemDependencyInstaller config_systemVendorIntelligence
`,
  ],
  [
    'dimen',
    0x0105,
    `
app_icon_size thumbnail_height thumbnail_width dialog_min_width_major dialog_min_width_minor
notification_large_icon_width notification_large_icon_height config_restrictedIconSize
`,
  ],
  [
    'color',
    0x0106,
    `
darker_gray primary_text_dark primary_text_dark_nodisable primary_text_light primary_text_light_nodisable
secondary_text_dark secondary_text_dark_nodisable secondary_text_light secondary_text_light_nodisable
tab_indicator_text widget_edittext_dark white black transparent background_dark background_light tertiary_text_dark
tertiary_text_light holo_blue_light holo_blue_dark holo_green_light holo_green_dark holo_red_light holo_red_dark
holo_orange_light holo_orange_dark holo_purple holo_blue_bright system_notification_accent_color
`,
  ],
  [
    'array',
    0x0107,
    `
emailAddressTypes imProtocols organizationTypes phoneTypes postalAddressTypes config_keySystemUuidMapping
`,
  ],
  [
    'drawable',
    0x0108,
    `
alert_dark_frame alert_light_frame arrow_down_float arrow_up_float btn_default btn_default_small btn_dropdown
btn_minus btn_plus btn_radio btn_star btn_star_big_off btn_star_big_on button_onoff_indicator_on
button_onoff_indicator_off checkbox_off_background checkbox_on_background dialog_frame divider_horizontal_bright
divider_horizontal_textfield divider_horizontal_dark divider_horizontal_dim_dark edit_text btn_dialog
editbox_background editbox_background_normal editbox_dropdown_dark_frame editbox_dropdown_light_frame gallery_thumb
ic_delete ic_lock_idle_charging ic_lock_idle_lock ic_lock_idle_low_battery ic_media_ff ic_media_next ic_media_pause
ic_media_play ic_media_previous ic_media_rew ic_dialog_alert ic_dialog_dialer ic_dialog_email ic_dialog_map
ic_input_add ic_input_delete ic_input_get ic_lock_idle_alarm ic_lock_lock ic_lock_power_off ic_lock_silent_mode
ic_lock_silent_mode_off ic_menu_add ic_menu_agenda ic_menu_always_landscape_portrait ic_menu_call ic_menu_camera
ic_menu_close_clear_cancel ic_menu_compass ic_menu_crop ic_menu_day ic_menu_delete ic_menu_directions ic_menu_edit
ic_menu_gallery ic_menu_help ic_menu_info_details ic_menu_manage ic_menu_mapmode ic_menu_month ic_menu_more
ic_menu_my_calendar ic_menu_mylocation ic_menu_myplaces ic_menu_preferences ic_menu_recent_history
ic_menu_report_image ic_menu_revert ic_menu_rotate ic_menu_save ic_menu_search ic_menu_send ic_menu_set_as
ic_menu_share ic_menu_slideshow ic_menu_today ic_menu_upload ic_menu_upload_you_tube ic_menu_view ic_menu_week
ic_menu_zoom ic_notification_clear_all ic_notification_overlay ic_partial_secure ic_popup_disk_full ic_popup_reminder
ic_popup_sync ic_search_category_default ic_secure list_selector_background menu_frame menu_full_frame
menuitem_background picture_frame presence_away presence_busy presence_invisible presence_offline presence_online
progress_horizontal progress_indeterminate_horizontal radiobutton_off_background radiobutton_on_background
spinner_background spinner_dropdown_background star_big_on star_big_off star_on star_off stat_notify_call_mute
stat_notify_chat stat_notify_error stat_notify_more stat_notify_sdcard stat_notify_sdcard_usb stat_notify_sync
stat_notify_sync_noanim stat_notify_voicemail stat_notify_missed_call stat_sys_data_bluetooth stat_sys_download
stat_sys_download_done stat_sys_headset stat_sys_phone_call stat_sys_phone_call_forward stat_sys_phone_call_on_hold
stat_sys_speakerphone stat_sys_upload stat_sys_upload_done stat_sys_warning status_bar_item_app_background
status_bar_item_background sym_action_call sym_action_chat sym_action_email sym_call_incoming sym_call_missed
sym_call_outgoing sym_def_app_icon sym_contact_card title_bar toast_frame zoom_plate screen_background_dark
screen_background_light bottom_bar ic_dialog_info ic_menu_sort_alphabetically ic_menu_sort_by_size @a4
ic_btn_speak_now dark_header title_bar_tall stat_sys_vp_phone_call stat_sys_vp_phone_call_on_hold
screen_background_dark_transparent screen_background_light_transparent stat_notify_sdcard_prepare presence_video_away
presence_video_busy presence_video_online presence_audio_away presence_audio_busy presence_audio_online
dialog_holo_dark_frame dialog_holo_light_frame ic_info
`,
  ],
  [
    'layout',
    0x0109,
    `
activity_list_item expandable_list_content preference_category simple_list_item_1 simple_list_item_2
simple_list_item_checked simple_expandable_list_item_1 simple_expandable_list_item_2 simple_spinner_item
simple_spinner_dropdown_item simple_dropdown_item_1line simple_gallery_item test_list_item two_line_list_item
browser_link_context_header simple_list_item_single_choice simple_list_item_multiple_choice select_dialog_item
select_dialog_singlechoice select_dialog_multichoice list_content simple_selectable_list_item
simple_list_item_activated_1 simple_list_item_activated_2
`,
  ],
  [
    'anim',
    0x010a,
    `
fade_in fade_out slide_in_left slide_out_right accelerate_decelerate_interpolator accelerate_interpolator
decelerate_interpolator anticipate_interpolator overshoot_interpolator anticipate_overshoot_interpolator
bounce_interpolator linear_interpolator cycle_interpolator
`,
  ],
  [
    'animator',
    0x010b,
    `
fade_in fade_out
`,
  ],
  [
    'interpolator',
    0x010c,
    `
accelerate_quad decelerate_quad accelerate_cubic decelerate_cubic accelerate_quint decelerate_quint
accelerate_decelerate anticipate overshoot anticipate_overshoot bounce linear cycle fast_out_slow_in
linear_out_slow_in fast_out_linear_in @1a fast_out_extra_slow_in
`,
  ],
  [
    'mipmap',
    0x010d,
    `
sym_def_app_icon
`,
  ],
  [
    'integer',
    0x010e,
    `
config_shortAnimTime config_mediumAnimTime config_longAnimTime status_bar_notification_info_maxnum
`,
  ],
  [
    'transition',
    0x010f,
    `
no_transition move fade explode slide_bottom slide_top slide_right slide_left
`,
  ],
  [
    'raw',
    0x0110,
    `
loaderror nodomain
`,
  ],
  [
    'bool',
    0x0111,
    `
config_sendPackageName config_showDefaultAssistant config_showDefaultEmergency config_showDefaultHome
config_perDisplayFocusEnabled config_assistantOnTopOfDream config_remoteInsetsControllerControlsSystemBars
config_preventImeStartupUnlessTextEditor config_enableQrCodeScannerOnLockScreen config_safetyProtectionEnabled
config_enableDefaultNotes config_enableDefaultNotesForWorkProfile
`,
  ],
];
