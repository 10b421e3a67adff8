/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The buffers behind zs_map_object().
 */
#ifndef _ZS_MAP_H
#define _ZS_MAP_H

int zs_map_init(void);
void zs_map_exit(void);

#endif /* _ZS_MAP_H */
