#pragma once

#include <iterator>

#include "lists/site/config/config_write.h"
#include "lists/site/config/dialect.h"

// A configuration language that only the tests speak: its keywords and Majlis's settings meet many to many.
namespace majlis::lists {

inline const Dialect& small_dialect() {
  using S = Setting;
  static constexpr ValueWord kWhoPosts[] = {{"public", "open"}, {"private", "list"}, {"editor", "closed"}};
  static constexpr ValueWord kWhoIsHeld[] = {{"public", "no"}, {"private", "no"}, {"editor", "yes"}};
  static constexpr ValueWord kWhoSees[] = {{"public", "open"}, {"members", "list"}, {"owner", "closed"}};
  static constexpr ValueWord kHidden[] = {{"yes", "closed"}, {"no", "open"}};
  static constexpr Spelling kSpellings[] = {
      {"send", S::post_access, kWhoPosts},
      {"send", S::moderate, kWhoIsHeld},
      {"held", S::moderate},
      {"hidden", S::who_access, kHidden},
      {"hidden", S::which_access, kHidden},
      {"review", S::who_access, kWhoSees},
      {"bosses", S::owner},
      {"code", S::admin_passwd},
  };
  static const TableCodec kCodec(kSpellings);
  static const Dialect kDialect{.name = "small",
                                .scan = scan_config,
                                .print = print_statements,
                                .codec = &kCodec,
                                .form = Dialect::Form::foreign};
  return kDialect;
}

}  // namespace majlis::lists
