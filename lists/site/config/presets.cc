#include "lists/site/config/presets.h"

#include <cassert>

namespace majlis::lists {
namespace {

struct Choice {
  Setting setting;
  std::string_view value;
};

struct PresetSpec {
  Preset preset;
  std::string_view name;
  std::span<const Choice> choices;
};

using S = Setting;

constexpr std::string_view kEverybody = "/.*/";

// Common documents and pictures.
constexpr std::string_view kDocuments =
    "image/png, image/jpeg, image/gif, image/webp, image/tiff, image/svg+xml, application/pdf, application/rtf, "
    "text/rtf, application/msword, application/vnd.ms-excel, application/vnd.ms-powerpoint, "
    "application/vnd.openxmlformats-officedocument.*, application/vnd.oasis.opendocument.*, text/plain, text/csv, "
    "text/calendar, text/vcard, text/x-vcard, text/markdown, text/x-patch, text/x-diff, application/pgp-keys";

// The endings of programs, installers, scripts, macros, shortcuts and disks.
constexpr std::string_view kDangerousNames =
    "ade, adp, accde, action, ahk, apk, app, appinstaller, application, applescript, appref-ms, appx, appxbundle, asp, "
    "aspx, bas, bash, bat, bin, chm, class, cmd, com, command, cpl, crx, csh, deb, desktop, dex, diagcab, dll, "
    "dmg, docm, dotm, drv, elf, exe, gadget, hlp, hta, img, inf, ins, iqy, iso, isp, jar, job, jnlp, js, jse, ksh, "
    "lib, library-ms, lnk, lua, luac, mde, mdb, mjs, mpkg, msc, msi, msix, msixbundle, msp, mst, ocx, one, onepkg, "
    "osx, "
    "php, phtml, pif, pkg, pl, potm, ppam, ppsm, pptm, ps1, ps1xml, psc1, psd1, psm1, py, pyc, pyo, pyw, pyz, rb, rdp, "
    "reg, rpm, run, scf, scpt, scr, sct, search-ms, settingcontent-ms, sh, shb, shs, sldm, slk, snap, so, swf, sys, "
    "theme, themepack, url, vb, vbe, vbs, vhd, vhdx, vmdk, vsto, wasm, webloc, website, wim, workflow, ws, wsc, wsf, "
    "wsh, xbap, xlam, xll, xlsb, xlsm, xltm, xpi, zsh";

// What no operating mode does without. Everything TR08-003 asks about is said, not left to a default that may change.
constexpr Choice kCommon[] = {
    {S::unsubscribe_policy, "open+confirm"},
    {S::who_access, "closed"},
    {S::which_access, "closed"},
    {S::get_access, "list"},
    {S::index_access, "list"},
    {S::intro_access, "list"},
    {S::nonmember_posts, "hold"},
    {S::malformed_posts, "hold"},
    {S::administrivia, "yes"},
    {S::attachment_names, kDangerousNames},
};

constexpr Choice kAnnounceOnly[] = {
    {S::subscribe_policy, "closed+confirm"},
    {S::post_access, "closed"},
    {S::moderate, "yes"},
    {S::info_access, "list"},
    {S::noadvertise, kEverybody},
    {S::attachments, "no"},
    {S::attachment_action, "reject"},
    {S::html, "text"},
};
constexpr Choice kNewsletter[] = {
    {S::subscribe_policy, "open+confirm"},
    {S::post_access, "closed"},
    {S::moderate, "yes"},
    {S::info_access, "open"},
    {S::advertise, kEverybody},
    {S::attachments, "no"},
    {S::attachment_action, "reject"},
    {S::html, "text"},
};
constexpr Choice kPrivateDiscussion[] = {
    {S::subscribe_policy, "closed+confirm"},
    {S::post_access, "list"},
    {S::moderate, "no"},
    {S::info_access, "list"},
    {S::noadvertise, kEverybody},
    {S::attachments, kDocuments},
    {S::attachment_action, "strip"},
    {S::html, "clean"},
};
constexpr Choice kModeratedPrivateDiscussion[] = {
    {S::subscribe_policy, "closed+confirm"},
    {S::post_access, "list"},
    {S::moderate, "yes"},
    {S::info_access, "list"},
    {S::noadvertise, kEverybody},
    {S::attachments, "no"},
    {S::attachment_action, "strip"},
    {S::html, "text"},
};
constexpr Choice kPublicDiscussion[] = {
    {S::subscribe_policy, "open+confirm"},
    {S::post_access, "list"},
    {S::moderate, "no"},
    {S::info_access, "open"},
    {S::advertise, kEverybody},
    {S::attachments, kDocuments},
    {S::attachment_action, "strip"},
    {S::html, "clean"},
};

// In the order of the enumeration.
constexpr PresetSpec kPresets[] = {
    {Preset::announce_only, "announce-only", kAnnounceOnly},
    {Preset::newsletter, "newsletter", kNewsletter},
    {Preset::private_discussion, "private-discussion", kPrivateDiscussion},
    {Preset::moderated_private_discussion, "moderated-private-discussion", kModeratedPrivateDiscussion},
    {Preset::public_discussion, "public-discussion", kPublicDiscussion},
};

constexpr Preset kAll[] = {Preset::announce_only, Preset::newsletter, Preset::private_discussion,
                           Preset::moderated_private_discussion, Preset::public_discussion};

const PresetSpec& row_of(Preset preset) { return kPresets[static_cast<std::size_t>(preset)]; }

void apply(std::span<const Choice> choices, ListConfig& config) {
  for (const Choice& choice : choices) {
    const Status done = config.set(choice.setting, choice.value);
    assert(done.ok());
  }
}

}  // namespace

std::string_view name_of(Preset preset) { return row_of(preset).name; }

std::optional<Preset> find_preset(std::string_view name) {
  for (const PresetSpec& spec : kPresets) {
    if (spec.name == name) return spec.preset;
  }
  return std::nullopt;
}

std::span<const Preset> all_presets() { return kAll; }

ListConfig config_for(Preset preset) {
  ListConfig config;
  apply(kCommon, config);
  apply(row_of(preset).choices, config);
  return config;
}

}  // namespace majlis::lists
